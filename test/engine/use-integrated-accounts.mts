import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

/** Gives each test of a file a simulated Truto, and runs the operations of integrated accounts. */
export function useIntegratedAccounts() {
	const truto = useSimulator();
	return {
		truto,
		run: async (parameters: INodeParameters, items?: IDataObject[]) =>
			await runTruto({
				simulator: truto(),
				parameters: { resource: 'integratedAccount', ...parameters },
				items,
			}),
		requests: () => truto().requests.map(({ method, path }) => `${method} ${path}`),
	};
}
