import type { Dialect } from './dialect.mts';
import { ACCOUNT_ARGUMENT } from './job-args.mts';
import type { SyncJobRun } from './types.mts';
import { spokenStats } from './wire-stats.mts';
import { spokenTimes } from './wire-times.mts';

/** Where a run appears. */
export type RunPlace = 'get' | 'list' | 'event';

// A frozen run cannot change; the texts of thousands are made once per dialect.
const texts = new WeakMap<SyncJobRun, Map<string, string>>();

/** A run as JSON. */
export function spokenRunText(run: SyncJobRun, place: RunPlace, dialect: Dialect): string {
	if (!Object.isFrozen(run)) return JSON.stringify(spokenRun(run, place, dialect));
	const { times, statsKey, statsValue, statsEmpty, runAccount } = dialect;
	const { nestedSyncJob, nestedLabel, runEnvironment } = dialect;
	const key = [
		...[place, times, statsKey, statsValue, statsEmpty, runAccount],
		...[nestedSyncJob, nestedLabel, runEnvironment],
	];
	const known = texts.get(run) ?? new Map<string, string>();
	texts.set(run, known);
	const text = known.get(key.join()) ?? JSON.stringify(spokenRun(run, place, dialect));
	known.set(key.join(), text);
	return text;
}

/** D4, D6, D7, D12, D18: a run as the dialect shows it. */
export function spokenRun(run: SyncJobRun, place: RunPlace, dialect: Dialect): object {
	const { sync_job, ...rest } = spokenStats(spokenAccount(run, dialect), dialect);
	const shown: Record<string, unknown> = { ...rest, ...nestedJob(sync_job, place, dialect) };
	if (isWithoutEnvironment(place, dialect)) delete shown.environment_id;
	// The reference page's order of the fields.
	const inOrder = Object.keys(run).filter((name) => Object.hasOwn(shown, name));
	return spokenTimes(Object.fromEntries(inOrder.map((name) => [name, shown[name]])), dialect);
}

/** D7: the run with, or without, its account. Lists filter by what this leaves. */
export function spokenAccount(run: SyncJobRun, { runAccount }: Dialect): SyncJobRun {
	if (runAccount === 'given' || run.args[ACCOUNT_ARGUMENT] === undefined) return run;
	const rest: Record<string, unknown> = { ...run };
	if (runAccount === 'null') rest.integrated_account_id = null;
	else delete rest.integrated_account_id;
	return rest as SyncJobRun;
}

/** Whether an event's payload is a run as the store has it. */
export function isRun(payload: object): payload is SyncJobRun {
	const { args, resources, sync_job } = payload as Partial<SyncJobRun>;
	return [args, sync_job].every((part) => typeof part === 'object') && Array.isArray(resources);
}

function nestedJob(job: SyncJobRun['sync_job'], place: RunPlace, dialect: Dialect): object {
	const { nestedSyncJob, nestedLabel } = dialect;
	if (nestedSyncJob === 'on-get-only' && place !== 'get') return {};
	const { id, label, ...known } = job;
	const withLabel = nestedLabel === 'given' && label !== undefined;
	const rest: Record<string, unknown> = { ...known };
	if (isWithoutEnvironment(place, dialect)) delete rest.environment_id;
	return { sync_job: { id, ...(withLabel ? { label } : {}), ...rest } };
}

function isWithoutEnvironment(place: RunPlace, { runEnvironment }: Dialect): boolean {
	return runEnvironment === 'on-get-only' && place !== 'get';
}
