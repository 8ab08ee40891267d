import type { JsonRecord } from '../json';

/** A status of sync job runs. */
interface RunStatusDefinition {
	/** Truto's word. */
	value: string;
	/** The word for people. */
	name: string;
	/** The run won't change any more. */
	ended: boolean;
	/** The run has not begun, or is paused and resumes by itself. */
	waiting: boolean;
}

/**
 * All statuses of sync job runs, sorted by name. The API reference omits `rate_limited`; Truto's operator
 * playbook has it: the run is paused and resumes by itself.
 */
export const RUN_STATUSES = [
	{ value: 'completed', name: 'Completed', ended: true, waiting: false },
	{ value: 'created', name: 'Created', ended: false, waiting: true },
	{ value: 'failed', name: 'Failed', ended: true, waiting: false },
	{ value: 'rate_limited', name: 'Rate Limited', ended: false, waiting: true },
	{ value: 'running', name: 'Running', ended: false, waiting: false },
	{ value: 'stopped', name: 'Stopped', ended: true, waiting: false },
] as const satisfies readonly RunStatusDefinition[];

export type RunStatus = (typeof RUN_STATUSES)[number]['value'];

const BY_VALUE = new Map<unknown, RunStatusDefinition>(
	RUN_STATUSES.map((status) => [status.value, status]),
);

/** The statuses after which a run won't change any more. */
export const END_STATUSES = RUN_STATUSES.filter(({ ended }) => ended).map(({ value }) => value);

/** Whether this is one of Truto's documented run statuses. */
export function isRunStatus(value: unknown): value is RunStatus {
	return BY_VALUE.has(value);
}

/**
 * Whether a run won't change any more: it has a known end status, or an end time. This way, a wait ends
 * even if Truto adds an end status that isn't known here.
 *
 * @param run the answer of `GET /sync-job-run/{id}`
 */
export function hasEnded(run: JsonRecord): boolean {
	if (BY_VALUE.get(run.status)?.ended) return true;
	const finishedAt = run.finished_at;
	if (typeof finishedAt === 'string') return finishedAt.trim() !== '';
	return typeof finishedAt === 'number' && finishedAt > 0;
}

/** Whether a run has not begun, or is paused until a rate limit of the integrated app is over. */
export function isWaiting(run: JsonRecord): boolean {
	return BY_VALUE.get(run.status)?.waiting === true && !hasEnded(run);
}

/** A status of integrated accounts. */
interface AccountStatusDefinition {
	value: string;
	name: string;
	/** Syncs of the account can't work until somebody acts. */
	broken: boolean;
}

/** All statuses of integrated accounts, sorted by name. */
export const ACCOUNT_STATUSES = [
	{ value: 'active', name: 'Active', broken: false },
	{ value: 'connecting', name: 'Connecting', broken: false },
	{ value: 'needs_reauth', name: 'Needs Reconnecting', broken: true },
	{ value: 'post_install_error', name: 'Setup Failed', broken: true },
	{ value: 'validation_error', name: 'Validation Failed', broken: true },
] as const satisfies readonly AccountStatusDefinition[];
