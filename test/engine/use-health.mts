import { beforeEach } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { seedHealth } from '../simulator/seed-health.mts';
import { runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

/** Gives each test of a file a simulated Truto with twelve syncs, and checks their health. */
export function useHealth() {
	const truto = useSimulator({ seed: false });
	beforeEach(() => {
		seedHealth(truto().store, 12);
	});
	return {
		truto,
		check: async (parameters: INodeParameters = {}, test: Partial<TrutoTest> = {}) =>
			await runTruto({
				simulator: truto(),
				parameters: { resource: 'syncJob', operation: 'checkHealth', ...parameters },
				...test,
			}),
	};
}
