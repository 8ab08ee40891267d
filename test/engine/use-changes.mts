import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTS } from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

/** Of a node that n8n tries again at once. */
export const RETRIED = { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } };

/** The key of a state entry that the simulator has. */
export const CURSOR = 'last_synced_at';

export const SET: INodeParameters = {
	resource: 'syncJobState',
	operation: 'set',
	specifyState: 'stateKey',
	stateKey: ACCOUNTS.jira,
	valueType: 'text',
};

export const STOP: INodeParameters = {
	operation: 'stop',
	syncJobRunId: byId('={{ $json.id }}'),
};

export const REFRESH: INodeParameters = {
	resource: 'integratedAccount',
	operation: 'refreshCredentials',
	integratedAccountId: byId('={{ $json.id }}'),
};

export const schedule = (operation: string): INodeParameters => ({
	resource: 'schedule',
	operation,
	scheduleId: byId('={{ $json.id }}'),
});

export const three = (id: string) => [{ id }, { id }, { id }];

/** Gives each test of a file a simulated Truto, and runs operations that change something there. */
export function useChanges() {
	const truto = useSimulator();
	return {
		truto,
		run: async (parameters: INodeParameters, items: IDataObject[], rest: Partial<TrutoTest> = {}) =>
			await runTruto({ simulator: truto(), parameters, items, ...rest }),
		requests: () => truto().requests.map(({ method, path }) => `${method} ${path}`),
		changes: () =>
			truto()
				.requests.filter(({ method }) => method !== 'GET')
				.map(({ method, path, status }) => `${method} ${path} ${String(status)}`),
		/** The value of {@link CURSOR} in Truto. */
		cursor: () =>
			[...truto().store.runStates.values()].find(
				({ key, state_key }) => key === CURSOR && state_key === ACCOUNTS.jira,
			)?.value,
	};
}
