import type { JsonRecord } from '../json';

/** How far along a run is, from its status and end time alone. */
export type RunStage = EndStage | OpenStage;

/** `ended`: it has an end time, but its status doesn't say how it ended. */
type EndStage = 'completed' | 'failed' | 'stopped' | 'ended';

/** `waiting`: it has not begun. `paused`: it resumes automatically. */
const OPEN_STAGES = ['waiting', 'paused', 'running'] as const;

export type OpenStage = (typeof OPEN_STAGES)[number];

/** A status of sync job runs. */
type RunStatusDefinition = {
	/** Truto's word. */
	value: string;
	/** The word for people. */
	name: string;
	// `ended`: the run won't change any more.
} & ({ ended: true; stage: EndStage } | { ended: false; stage: OpenStage });

/**
 * All statuses of sync job runs, sorted by name. A new status only needs a line here, and its stage decides
 * the rest: filters, lists in the editor, progress, waiting, both triggers, *Check Health* and *Diagnose*. For
 * each status that isn't `ended`, *Check Health* sends a request more, and so does a poll that follows more than
 * 20 runs. The API reference omits `rate_limited`; Truto's operator playbook has it.
 */
export const RUN_STATUSES = [
	{ value: 'completed', name: 'Completed', ended: true, stage: 'completed' },
	{ value: 'created', name: 'Created', ended: false, stage: 'waiting' },
	{ value: 'failed', name: 'Failed', ended: true, stage: 'failed' },
	{ value: 'rate_limited', name: 'Rate Limited', ended: false, stage: 'paused' },
	{ value: 'running', name: 'Running', ended: false, stage: 'running' },
	{ value: 'stopped', name: 'Stopped', ended: true, stage: 'stopped' },
] as const satisfies readonly RunStatusDefinition[];

/** Truto's word for a status that this package knows. */
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
 * How far along a run is. A run with an end time has ended, so a wait ends even if Truto adds an end status
 * that isn't known here. Any other unknown status counts as running.
 *
 * @param run its `status` and `finished_at`, as Truto sent them
 */
export function runStage({ status, finished_at: finishedAt }: JsonRecord): RunStage {
	const known = BY_VALUE.get(status);
	if (known?.ended) return known.stage;
	const hasEndTime =
		typeof finishedAt === 'string'
			? finishedAt.trim() !== ''
			: typeof finishedAt === 'number' && finishedAt > 0;
	return hasEndTime ? 'ended' : (known?.stage ?? 'running');
}

/** Whether a run won't change any more. */
export function isEndStage(stage: RunStage): boolean {
	return !OPEN_STAGES.some((open) => open === stage);
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
