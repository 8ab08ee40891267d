import { accountAttention } from '../../accounts/attention';
import { isJsonRecord } from '../../json';
import type { LogEntry } from '../../logs/logEntry';
import { timestamp } from '../../truto/timestamp';
import { causeOf } from './causeOf';
import type { Cause, Verdict } from './diagnosis';
import type { Facts } from './facts';
import { droppedResources } from './resourceCounts';

/** What a run comes to, before it is put into words. */
export interface Finding {
	verdict: Verdict;
	cause: Cause | null;
	/** The log entry that tells the cause. */
	telling: LogEntry | null;
	stoppedAt: { resource: string; method: string | null } | null;
}

/**
 * What a run comes to. The status decides first. Of a run that has completed, the first of these counts:
 *
 * 1. records that did not reach their destination: `not_delivered`
 * 2. no records at all: `nothing_fetched`
 * 3. records that a later step dropped, or errors in the logs, which Truto passed over: `records_dropped`
 * 4. else it is `healthy`
 */
export function findingOf(facts: Facts): Finding {
	const { stage } = facts;
	const last = lastResource(facts);
	switch (stage) {
		case 'waiting':
			return { verdict: 'waiting', cause: null, telling: null, stoppedAt: null };
		case 'rate_limited':
			return { verdict: stage, cause: 'rate_limit', telling: null, stoppedAt: last };
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
	// The last word of the run tells more of its end than errors that it had passed over.
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
 * The first error that tells a cause; later ones are often its consequences. That an account needs
 * reconnecting is sure wherever it stands.
 */
function causeOfErrors(
	facts: Facts,
	errors: LogEntry[],
): { cause: Cause | null; telling: LogEntry | null } {
	const telling =
		errors.find(({ needsReauth }) => needsReauth) ??
		errors.find((entry) => causeOf(entry) !== null) ??
		errors[0] ??
		null;
	const ofErrors = telling === null ? null : (causeOf(telling) ?? 'unknown');
	return { cause: withAccount(facts, ofErrors), telling };
}

/** What the integrated account adds, where the errors alone leave the cause open. */
function withAccount(facts: Facts, cause: Cause | null): Cause | null {
	const { account } = facts;
	if (account === null) return cause;
	const mayBeAccount = cause === null || cause === 'unknown' || cause === 'missing_scopes';
	if (!mayBeAccount || !accountAttention(account).needs_attention) return cause;
	if (account.status === 'needs_reauth' || account.status === 'validation_error') return 'auth';
	if (account.status === 'post_install_error') return cause ?? 'unknown';
	return cause === 'missing_scopes' || wasForbiddenDuring(facts) ? 'missing_scopes' : cause;
}

/** Whether the app refused a request of the account while the run was going on. */
function wasForbiddenDuring({ run, account }: Facts): boolean {
	const error = account?.last_forbidden_error;
	if (!isJsonRecord(error)) return false;
	const at = timestamp(error.occurred_at);
	const begun = timestamp(run.started_at ?? run.created_at);
	const ended = timestamp(run.finished_at);
	return at >= begun && !(at > ended);
}

function placeOf(entry: LogEntry | null): Finding['stoppedAt'] {
	if (entry === null || entry.resource === null) return null;
	return { resource: entry.resource, method: entry.method };
}

/** The resource at which the run is, as far as its statistics tell. */
function lastResource({ resources }: Facts): Finding['stoppedAt'] {
	const last = resources.at(-1);
	return last ? { resource: last.resource, method: last.method } : null;
}
