import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, SYNC_JOBS } from '../../simulator/index.mts';
import { byId, runTruto } from '../harness.mts';
import { useSimulator } from '../use-simulator.mts';

/** Gives each test of a file a simulated Truto, and starts its version 4 job of Pipedrive. */
export function useStartV4() {
	const truto = useSimulator();
	/** *Start* with arguments from fields. */
	const start = async (value: INodeParameters, parameters: INodeParameters = {}) =>
		await runTruto({
			simulator: truto(),
			parameters: {
				operation: 'start',
				syncJobId: byId(SYNC_JOBS.v4Crm),
				specifyArgs: 'fields',
				argsFields: { mappingMode: 'defineBelow', value },
				...parameters,
			},
		});
	const posts = () => truto().requests.filter(({ method }) => method === 'POST');
	return {
		truto,
		start,
		/** The same with arguments as JSON. */
		startJson: async (args: string, parameters: INodeParameters = {}) =>
			await start({}, { specifyArgs: 'json', args, ...parameters }),
		posts,
		sentArgs: () => posts().map(({ body }) => (body as { args: unknown }).args),
	};
}

/** The parameter for an account that fits the job. */
export const pipedrive = { integratedAccountId: byId(ACCOUNTS.pipedrive) };

/** All that the job needs besides the account. */
export const FILLED = { webhook_id: 'hook', start_date: '2026-01-01' };
