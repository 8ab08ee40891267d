import { ACCOUNTS } from '../simulator/index.mts';
import { useResource } from './use-resource.mts';

/** Gives each test of a file a simulated Truto, and runs the operations of sync job states. */
export function useSyncJobStates() {
	const states = useResource('syncJobState');
	return {
		...states,
		/** The value that Truto has for a key in the state of {@link CURSOR}. */
		stored: (key = CURSOR.key) =>
			[...states.truto().store.runStates.values()].find(
				(state) => state.state_key === ACCOUNTS.jira && state.key === key,
			)?.value,
	};
}

/** An entry that the simulator has. */
export const CURSOR = {
	specifyState: 'stateKey',
	stateKey: ACCOUNTS.jira,
	key: 'last_synced_at',
};

/** Its path. */
export const ENTRY = '/sync-job-run-state/last_synced_at';
