import type { Simulator } from '../simulator/index.mts';
import { byId, type TrutoTest } from './harness.mts';

/** Gets each of so many runs, which are added for it. */
export const sweep = (simulator: Simulator, count: number): TrutoTest => ({
	simulator,
	items: simulator.store.addManyRuns(count, { resources: 1 }).map((id) => ({ id })),
	parameters: { syncJobRunId: byId('={{ $json.id }}') },
});
