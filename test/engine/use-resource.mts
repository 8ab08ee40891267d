import type { INodeParameters } from 'n8n-workflow';

import { runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

/** Gives each test of a file a simulated Truto, and runs the operations of one resource. */
export function useResource(resource: string) {
	const truto = useSimulator();
	return {
		truto,
		run: async (parameters: INodeParameters, test: Partial<TrutoTest> = {}) =>
			await runTruto({ simulator: truto(), parameters: { resource, ...parameters }, ...test }),
		requests: () => truto().requests.map(({ method, path }) => `${method} ${path}`),
	};
}
