import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS } from '../simulator/index.mts';
import { runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

/** Gives each test of a file a simulated Truto, and runs the operations of sync job states. */
export function useSyncJobStates() {
	const truto = useSimulator();
	return {
		truto,
		run: async (parameters: INodeParameters, test: Partial<TrutoTest> = {}) =>
			await runTruto({
				simulator: truto(),
				parameters: { resource: 'syncJobState', ...parameters },
				...test,
			}),
		/** The value that Truto has for a key in the state of {@link CURSOR}. */
		stored: (key = CURSOR.key) =>
			[...truto().store.runStates.values()].find(
				(state) => state.state_key === ACCOUNTS.jira && state.key === key,
			)?.value,
		requests: () => truto().requests.map(({ method, path }) => `${method} ${path}`),
	};
}

/** An entry that the simulator has. */
export const CURSOR = { stateKey: ACCOUNTS.jira, key: 'last_synced_at' };

/** Its path. */
export const ENTRY = '/sync-job-run-state/last_synced_at';
