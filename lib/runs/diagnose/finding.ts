import { accountAttention } from '../../accounts/attention';
import type { LogEntry } from '../../logs/logEntry';
import type { Account } from '../../truto/account';
import type { Run } from '../../truto/run';
import { causeOf, causesOf } from './causeOf';
import type { Cause, Verdict } from './diagnosis';
import type { Facts } from './facts';
import { droppedResources } from './resourceCounts';

/** The result of a diagnosis, before it is put into words. */
export interface Finding {
	verdict: Verdict;
	cause: Cause | null;
	/** The log entry that shows the cause. */
	telling: LogEntry | null;
	stoppedAt: { resource: string; method: string | null } | null;
}

/**
 * Judges a run. The status decides first. For a completed run, the first of these that applies counts:
 *
 * 1. records that did not reach their destination: `not_delivered`
 * 2. no records at all: `nothing_fetched`
 * 3. records that a later step dropped, or errors in the logs that Truto neither overcame nor stopped at:
 *    `records_dropped`
 * 4. otherwise, `healthy`
 */
export function findingOf(facts: Facts): Finding {
	const { stage } = facts;
	const last = lastResource(facts);
	switch (stage) {
		case 'waiting':
			return { verdict: 'waiting', cause: null, telling: null, stoppedAt: null };
		case 'paused': {
			const cause = facts.run.status === 'rate_limited' ? 'rate_limit' : null;
			return { verdict: stage, cause, telling: null, stoppedAt: last };
		}
		case 'running':
		case 'stuck':
		case 'stopped':
			return { verdict: stage, cause: null, telling: null, stoppedAt: last };
		case 'failed':
			return failedFinding(facts);
		case 'completed':
			return completedFinding(facts);
	}
}

function failedFinding(facts: Facts): Finding {
	// The last entry says more about the end of the run than errors that it ignored earlier.
	const final = facts.errors.filter(({ event }) => event === 'failed').reverse();
	const { cause, telling } = causeOfErrors(facts, [...new Set([...final, ...facts.errors])]);
	return {
		verdict: 'failed',
		cause: cause ?? 'unknown',
		telling,
		stoppedAt: placeOf(telling) ?? lastResource(facts),
	};
}

function completedFinding(facts: Facts): Finding {
	const [undelivered] = facts.undelivered;
	if (undelivered) {
		const stoppedAt = placeOf(undelivered);
		return { verdict: 'not_delivered', cause: 'delivery', telling: undelivered, stoppedAt };
	}
	const { cause, telling } = causeOfErrors(facts, facts.errors);
	if (facts.fetched === 0) {
		return { verdict: 'nothing_fetched', cause, telling, stoppedAt: placeOf(telling) };
	}
	const [dropped] = droppedResources(facts.resources);
	if (!dropped && facts.errors.length === 0) {
		return { verdict: 'healthy', cause: null, telling: null, stoppedAt: null };
	}
	return {
		verdict: 'records_dropped',
		cause: cause ?? 'unknown',
		telling,
		stoppedAt: dropped ? { resource: dropped.resource, method: dropped.method } : placeOf(telling),
	};
}

/**
 * The first error that has one cause, because later errors often follow from it, or else the first one
 * whose evidence disagrees. An error that says that the account needs reconnecting counts wherever it is.
 */
function causeOfErrors(
	facts: Facts,
	errors: LogEntry[],
): { cause: Cause | null; telling: LogEntry | null } {
	const telling =
		errors.find(({ needsReauth }) => needsReauth) ??
		errors.find((entry) => causesOf(entry).length === 1) ??
		errors.find((entry) => causesOf(entry).length > 1) ??
		errors[0] ??
		null;
	const ofErrors = telling === null ? null : (causeOf(telling) ?? 'unknown');
	return { cause: withAccount(facts, ofErrors), telling };
}

/** What the integrated account adds if the errors alone don't show the cause. */
function withAccount(facts: Facts, cause: Cause | null): Cause | null {
	const { account } = facts;
	if (account === null) return cause;
	const mayBeAccount = cause === null || cause === 'unknown' || cause === 'missing_scopes';
	if (!mayBeAccount || !accountAttention(account).needs_attention) return cause;
	if (account.status === 'needs_reauth' || account.status === 'validation_error') return 'auth';
	if (account.status === 'post_install_error') return cause ?? 'unknown';
	return wasForbidden(account, facts.run) ? 'missing_scopes' : cause;
}

/** Whether the app refused a request of the account while the run was going on. */
function wasForbidden({ lastForbidden }: Account, run: Run): boolean {
	if (lastForbidden === null) return false;
	const begun = run.startedAt.text === null ? run.createdAt : run.startedAt;
	const { ms } = lastForbidden.at;
	return ms >= begun.ms && !(ms > run.finishedAt.ms);
}

function placeOf(entry: LogEntry | null): Finding['stoppedAt'] {
	if (entry === null || entry.resource === null) return null;
	return { resource: entry.resource, method: entry.method };
}

/** The resource that the run is working on, according to its statistics. */
function lastResource({ resources }: Facts): Finding['stoppedAt'] {
	const last = resources.at(-1);
	return last ? { resource: last.resource, method: last.method } : null;
}
