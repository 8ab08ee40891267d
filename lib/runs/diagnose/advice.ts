import { isHealthyAccount, missingScopes } from '../../accounts/attention';
import { andList, countOf, jsonText, orList } from '../../text';
import { causeOf, causesOf } from './causeOf';
import { CAUSE_NAMES, type Cause } from './diagnosis';
import type { Facts } from './facts';
import type { Finding } from './finding';
import type { Known } from './known';
import { pauseEnd, whilePaused, whileWaiting } from './patience';
import {
	customerText,
	DO_NOT_RESTART,
	endUser,
	FINISH_SETUP,
	integrationText,
	jobOwner,
	nobody,
	SUPPORT,
	trutoSupport,
	type Advice,
} from './whoActs';

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
		case 'paused':
			return whilePaused(known, facts, cause);
		case 'stuck':
			return trutoSupport('it no longer makes progress', DO_NOT_RESTART);
		case 'stopped':
			return jobOwner('Find out who stopped the run, and why, before you start a new one.');
		case 'not_delivered':
			return {
				who_acts: 'receiver',
				next_step: `${receiverText(facts)}. Until then, a new run will not deliver its records either.`,
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
	const names = gaps.map(({ resource }) => jsonText(resource, 80));
	if (names.length === 0) return 'Nothing to do.';
	const dropped = gaps.reduce((sum, gap) => sum + (gap.dropped ?? 0), 0);
	const fetched = gaps.reduce((sum, gap) => sum + (gap.fetched ?? 0), 0);
	const where =
		names.length > 2 ? `${names.length} resources, such as ${names[0]}` : andList(names);
	return `Nothing to do if the sync job is meant to leave records out: of ${countOf(fetched, 'record')} fetched for ${where}, ${dropped} ${dropped === 1 ? 'was' : 'were'} not persisted.`;
}

function onCause(cause: Cause, known: Known, facts: Facts, finding: Finding): Advice {
	const where = placeText(finding);
	const { run, account } = facts;
	const integration = integrationText(account?.integrationLabel ?? run.job?.integrationName);
	switch (cause) {
		case 'auth':
			return onAccount(facts, finding, `reconnect ${integration}`);
		case 'missing_scopes': {
			const scopes = account ? missingScopes(account) : [];
			const named = scopes.length > 0 ? ` (${jsonText(scopes.join(', '), 200)})` : '';
			return onAccount(
				facts,
				finding,
				`reconnect ${integration} and grant the missing permissions${named}`,
			);
		}
		case 'mapping':
			return jobOwner(
				`Fix the mapping${where} in the sync job, then start a new run. ${untilThen(finding)}`,
			);
		case 'rate_limit':
			return jobOwner(
				`Start a new run ${pauseEnd(known.now, facts.resumesAt, 'after')}. ${untilThen(finding)}`,
			);
		case 'upstream':
			return jobOwner(
				"Start a new run later: the integrated app had an error on its side. If it keeps failing, contact the app's support.",
			);
		case 'delivery':
			return {
				who_acts: 'receiver',
				next_step: `${receiverText(facts)}, then start a new run. ${untilThen(finding)}`,
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

/** @returns for example `Until then, a new run will fail the same way.` */
function untilThen({ verdict }: Finding): string {
	const end = verdict === 'failed' ? 'fail the same way' : 'have the same result';
	return `Until then, a new run will ${end}.`;
}

function onUnknown(known: Known, facts: Facts, { verdict, telling, stoppedAt }: Finding): Advice {
	if (facts.account?.status === 'post_install_error') return FINISH_SETUP;
	if (facts.errors.length > 0) {
		const causes = telling === null ? [] : causesOf(telling).map((cause) => CAUSE_NAMES[cause]);
		const why =
			causes.length > 1 ? `what they say may mean ${orList(causes)}` : 'it may fail the same way';
		return jobOwner(`Read the run's errors with 'Get Logs' before you start a new run: ${why}.`);
	}
	if (verdict === 'records_dropped') {
		const target = stoppedAt ? ` for ${jsonText(stoppedAt.resource, 80)}` : '';
		return jobOwner(
			`Check the steps of the sync job that follow the request${target} (transform, mapping, destination). Until then, a new run will drop the records again.`,
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
function onAccount({ run, account }: Facts, finding: Finding, task: string): Advice {
	if (account && isHealthyAccount(account)) {
		return jobOwner(
			'Start a new run: the integrated account is active now. If it fails the same way again, ask the customer to reconnect.',
		);
	}
	const customer = customerText(account?.tenantId || run.tenantId);
	return endUser(`Ask ${customer} to ${task}, then start a new run. ${untilThen(finding)}`);
}

function onNothingNew({ run }: Facts): Advice {
	if (run.raw.ignore_previous_run === true) {
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
	const answered = answer === null ? '' : `, which returned ${jsonText(answer, 40)}`;
	return failed?.webhookSuccessful === false
		? `Fix the webhook's receiver${answered}`
		: 'Check the destination of the records';
}

function placeText({ stoppedAt }: Finding): string {
	return stoppedAt === null ? '' : ` of ${jsonText(stoppedAt.resource, 80)}`;
}
