import { heldBy } from '../runs/diagnose/patience';
import { countRun, droppedResources } from '../runs/diagnose/resourceCounts';
import { sumOrNull } from '../runs/resourceStats';
import { isAccountInArgs } from '../truto/references';
import type { Run } from '../truto/run';
import type { RunStage } from '../truto/statuses';
import type { SyncJob } from '../truto/syncJob';

/**
 * What *Check Health* keeps of a run. It is small, so that 20,000 runs fit into memory. Times are in
 * milliseconds since 1970, NaN if unknown; counters are null if the run doesn't count them.
 */
export interface SyncRun {
	id: string | null;
	syncJobId: string | null;
	integratedAccountId: string | null;
	status: string | null;
	stage: RunStage;
	hasEnded: boolean;
	/** Whether only its arguments name the account: Truto doesn't find such a run by its account. */
	isAccountInArgs: boolean;
	/** What may keep it in the queue, as a clause of a sentence; null if it isn't there, or if nothing is known. */
	heldBy: string | null;
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

/** @param job the run's sync job, which lists of runs may leave out: it says which resources are sent on */
export function syncRun(run: Run, job: SyncJob | null): SyncRun {
	const counted = countRun(run, job ?? run.job);
	const { id, syncJobId, integratedAccountId, status, stage, hasEnded } = run;
	return {
		id,
		syncJobId,
		integratedAccountId,
		status,
		stage,
		hasEnded,
		isAccountInArgs: isAccountInArgs(run.raw),
		heldBy: stage === 'waiting' ? heldBy(run, job ?? run.job) : null,
		createdAt: run.createdAt.ms,
		updatedAt: run.updatedAt.ms,
		finishedAt: run.finishedAt.ms,
		fetched: sumOrNull(counted.map(({ fetched }) => fetched)),
		persisted: sumOrNull(counted.map(({ persisted }) => persisted)),
		dropped: sumOrNull(counted.map(({ dropped }) => dropped)),
		losing: stage === 'completed' ? (droppedResources(counted)[0]?.resource ?? null) : null,
	};
}
