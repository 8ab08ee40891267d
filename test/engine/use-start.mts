import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

/** Gives each test of a file a simulated Truto, and starts runs of a sync job that takes no arguments. */
export function useStart() {
	const truto = useSimulator();
	return {
		truto,
		start: async (parameters: INodeParameters = {}, rest: Partial<TrutoTest> = {}) =>
			await runTruto({
				simulator: truto(),
				...rest,
				parameters: {
					operation: 'start',
					syncJobId: byId(SYNC_JOBS.hris),
					integratedAccountId: byId(ACCOUNTS.bamboohr),
					...parameters,
				},
			}),
		posts: () => truto().requests.filter(({ method }) => method === 'POST'),
	};
}
