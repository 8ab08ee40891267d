import { accountIntegration, isHealthyAccount, missingScopes } from '../../accounts/attention';
import { textOrNull } from '../../json';
import { jsonText } from '../../text';
import { timestamp } from '../../truto/timestamp';
import { integrationName, secondsBetween } from '../runContext';
import { causeOf } from './causeOf';
import type { Actor, Cause, Known } from './diagnosis';
import type { Facts } from './facts';
import type { Finding } from './finding';

/** Who acts, and the one sentence on what to do. */
export interface Advice {
	who_acts: Actor;
	next_step: string;
}

const SUPPORT = 'support@truto.one';

/** After this long in the queue, somebody should take a look. */
const LONG_WAIT_MINUTES = 60;

/**
 * What to do about a run, according to Truto's operator playbook. It warns if a new run would do harm.
 */
export function adviceOn(known: Known, facts: Facts, finding: Finding): Advice {
	const { verdict, cause } = finding;
	switch (verdict) {
		case 'healthy':
			return nobody(
				known.logs === null
					? 'Nothing to do as far as the statistics show. The logs, which show whether the records were delivered, could not be read.'
					: whenHealthy(facts),
			);
		case 'waiting':
			return whileWaiting(known, facts);
		case 'running':
			return nobody('Wait: the run is still working. Do not start another one.');
		case 'rate_limited':
			return nobody(
				`Wait: the run resumes by itself ${pauseEnd(known, facts, 'at')}. Do not restart it.`,
			);
		case 'stuck':
			return {
				who_acts: 'truto_support',
				next_step: `Send the run's ID to ${SUPPORT}. Do not restart the run, and do not turn on 'Ignore Previous Run'.`,
			};
		case 'stopped':
			return jobOwner('Find out who stopped the run, and why, before you start a new one.');
		case 'not_delivered':
			return {
				who_acts: 'receiver',
				next_step: `${receiverText(facts)}. The records were fetched, so restarting the run before that does not help.`,
			};
		case 'nothing_fetched':
			return cause === null ? onNothingNew(facts) : onCause(cause, known, facts, finding);
		case 'records_dropped':
		case 'failed':
			return onCause(cause ?? 'unknown', known, facts, finding);
	}
}

/** Truto's playbook only calls it a fault if nothing was persisted: a job may leave records out. */
function whenHealthy({ resources }: Facts): string {
	const gaps = resources.filter(({ dropped }) => dropped);
	const [first] = gaps;
	if (!first) return 'Nothing to do.';
	const others = gaps.length > 1 ? `, and others of ${gaps.length - 1} more` : '';
	return `Nothing to do if the sync job is meant to leave records out: ${first.dropped} of ${first.fetched} fetched records of ${jsonText(first.resource, 80)} were not persisted${others}.`;
}

function onCause(cause: Cause, known: Known, facts: Facts, finding: Finding): Advice {
	const where = placeText(finding);
	switch (cause) {
		case 'auth':
			return onAccount(facts, `reconnect ${integrationText(facts)}`);
		case 'missing_scopes': {
			const scopes = facts.account ? missingScopes(facts.account) : [];
			const wanted =
				scopes.length > 0 ? jsonText(scopes.join(', '), 200) : 'the missing permissions';
			return onAccount(facts, `reconnect ${integrationText(facts)} and to allow ${wanted}`);
		}
		case 'mapping':
			return jobOwner(
				`Fix the mapping${where} in the sync job, then start a new run. Restarting before that would end the same way.`,
			);
		case 'rate_limit':
			return jobOwner(
				`Start a new run ${pauseEnd(known, facts, 'after')}. Restarting before that would end the same way.`,
			);
		case 'upstream':
			return jobOwner(
				"Start a new run later: the integrated app had an error on its side. If it keeps failing, contact the app's support.",
			);
		case 'delivery':
			return {
				who_acts: 'receiver',
				next_step: `${receiverText(facts)}, then start a new run. Restarting before that would end the same way.`,
			};
		case 'blocked':
			return {
				who_acts: 'truto_support',
				next_step: `Write to ${SUPPORT}: Truto has blocked the integrated account. Neither restarting nor reconnecting helps.`,
			};
		case 'unknown':
			return onUnknown(known, facts, finding);
	}
}

function onUnknown(known: Known, facts: Facts, { verdict, stoppedAt }: Finding): Advice {
	if (facts.account?.status === 'post_install_error') {
		return jobOwner(
			'Fix what failed after the account was connected (its status is post_install_error), then start a new run.',
		);
	}
	if (facts.errors.length > 0) {
		return jobOwner(
			"Read the run's errors with 'Get Logs' before you start a new run: it may end the same way.",
		);
	}
	if (verdict === 'records_dropped') {
		const target = stoppedAt ? ` for ${jsonText(stoppedAt.resource, 80)}` : '';
		return jobOwner(
			`Check the steps of the sync job that follow the request${target} (transform, mapping, destination). Restarting before that would drop the records again.`,
		);
	}
	if (known.logs === null) {
		return jobOwner(
			"Look at the run's logs in Truto before you start a new run: they could not be read from here.",
		);
	}
	return {
		who_acts: 'truto_support',
		next_step: `The logs do not say why the run failed: send its ID to ${SUPPORT} before you start a new one.`,
	};
}

/** The account may have been fixed since the run. */
function onAccount({ account }: Facts, task: string): Advice {
	if (account && isHealthyAccount(account)) {
		return jobOwner(
			'Start a new run: the integrated account is active now. If it ends the same way again, ask the customer to reconnect.',
		);
	}
	const tenant = textOrNull(account?.tenant_id);
	const customer = tenant ? `the customer (tenant ${jsonText(tenant, 80)})` : 'the customer';
	return {
		who_acts: 'end_user',
		next_step: `Ask ${customer} to ${task}, then start a new run. Restarting before that would end the same way.`,
	};
}

function whileWaiting({ now }: Known, { run, job }: Facts): Advice {
	const seconds = secondsBetween(timestamp(run.created_at), now) ?? 0;
	const minutes = Math.floor(seconds / 60);
	const mutex = textOrNull(run.mutex_key) || textOrNull(job.mutex_key);
	const group = textOrNull(run.daemon_group_key);
	const heldBy = mutex
		? `another run with the mutex key ${jsonText(mutex, 80)} is still going`
		: group
			? `a daemon of the group ${jsonText(group, 80)} is running`
			: null;
	if (minutes < LONG_WAIT_MINUTES) {
		const why = mutex ? ' It may be waiting for another run with the same mutex key.' : '';
		return nobody(`Wait: the run has not started yet.${why} Do not start another one.`);
	}
	if (heldBy) {
		return jobOwner(
			`Check whether ${heldBy}: this run has been waiting for ${minutes} minutes. Do not start another one.`,
		);
	}
	return {
		who_acts: 'truto_support',
		next_step: `Send the run's ID to ${SUPPORT}: it has been waiting for ${minutes} minutes. Do not start another one.`,
	};
}

function onNothingNew({ run }: Facts): Advice {
	if (run.ignore_previous_run === true) {
		return jobOwner(
			"Check the run's arguments and the sync job's queries: even a full sync found no records.",
		);
	}
	return nobody(
		"Nothing to do if nothing has changed since the previous run. Otherwise, check the arguments and the state of the sync job. Do not turn on 'Ignore Previous Run' just to find out.",
	);
}

function receiverText({ undelivered, refusals, errors }: Facts): string {
	const failed = undelivered[0] ?? errors.find((entry) => causeOf(entry) === 'delivery');
	if (failed?.datastoreSuccessful === false && failed.webhookSuccessful !== false) {
		return "Check the datastore's settings and access";
	}
	const answer = failed?.webhookStatus ?? refusals.at(-1)?.webhookStatus ?? null;
	const answered = answer === null ? '' : `, which answered ${jsonText(answer, 40)}`;
	return failed?.webhookSuccessful === false
		? `Fix the webhook's receiver${answered}`
		: 'Check the destination of the records';
}

function pauseEnd({ now }: Known, { resumesAt }: Facts, preposition: string): string {
	return resumesAt > now
		? `${preposition} ${new Date(resumesAt).toISOString()}`
		: 'once the rate limit of the integrated app is over';
}

function integrationText({ run, account }: Facts): string {
	const name = (account && accountIntegration(account)) ?? integrationName(run);
	return name === null ? 'the integrated account' : jsonText(name, 80);
}

function placeText({ stoppedAt }: Finding): string {
	return stoppedAt === null ? '' : ` of ${jsonText(stoppedAt.resource, 80)}`;
}

function nobody(nextStep: string): Advice {
	return { who_acts: 'nobody', next_step: nextStep };
}

function jobOwner(nextStep: string): Advice {
	return { who_acts: 'job_owner', next_step: nextStep };
}
