import type { Json, JsonRecord } from '../json';
import { countResources, droppedResources } from '../runs/diagnose/resourceCounts';
import { accountId, syncJobId } from '../truto/references';
import { hasEnded } from '../truto/statuses';
import { timestamp } from '../truto/timestamp';
import { textOrNull } from '../json';

/** How a run ended, or that it has not. `other`: stopped, or an end that this package doesn't know. */
export type Outcome = 'completed' | 'failed' | 'other' | 'in_progress';

/**
 * What Check Health keeps of a run. It is small, so that 20,000 runs fit into memory. Times are in
 * milliseconds since 1970, NaN if unknown; counters are null if the run doesn't count them.
 */
export interface SeenRun {
	id: string | null;
	syncJobId: string | null;
	accountId: string | null;
	status: string | null;
	outcome: Outcome;
	createdAt: number;
	updatedAt: number;
	finishedAt: number;
	fetched: number | null;
	persisted: number | null;
	/** Fetched, but not persisted, of the resources that the job sends on. */
	dropped: number | null;
	/** The first resource that was fetched, but of which nothing was persisted; null if there is none. */
	losing: string | null;
}

/**
 * @param run an entry of `GET /sync-job-run`
 * @param jobResources the `resources` of its sync job: they say which resources are sent on
 */
export function seenRun(run: JsonRecord, jobResources: Json | undefined): SeenRun {
	const ownResources = Array.isArray(run.resources) && run.resources.length > 0;
	const counted = countResources(run, ownResources ? run.resources : jobResources);
	const outcome = outcomeOf(run);
	return {
		id: textOrNull(run.id),
		syncJobId: syncJobId(run),
		accountId: accountId(run),
		status: textOrNull(run.status),
		outcome,
		createdAt: timestamp(run.created_at),
		updatedAt: timestamp(run.updated_at),
		finishedAt: timestamp(run.finished_at),
		fetched: sumOrNull(counted.map(({ fetched }) => fetched)),
		persisted: sumOrNull(counted.map(({ persisted }) => persisted)),
		dropped: sumOrNull(counted.map(({ dropped }) => dropped)),
		losing: outcome === 'completed' ? (droppedResources(counted)[0]?.resource ?? null) : null,
	};
}

/** The sum of the known values; null if none is known. */
export function sumOrNull(values: Array<number | null>): number | null {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function outcomeOf(run: JsonRecord): Outcome {
	if (!hasEnded(run)) return 'in_progress';
	return run.status === 'completed' || run.status === 'failed' ? run.status : 'other';
}
