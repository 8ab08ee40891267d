import type { INodeParameters } from 'n8n-workflow';

import { CRON_TRIGGERS } from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

/** Gives each test of a file a simulated Truto, and runs the operations of schedules. */
export function useSchedules() {
	const truto = useSimulator();
	return {
		truto,
		run: async (parameters: INodeParameters, test: Partial<TrutoTest> = {}) =>
			await runTruto({
				simulator: truto(),
				parameters: { resource: 'schedule', ...parameters },
				...test,
			}),
		requests: () => truto().requests.map(({ method, path }) => `${method} ${path}`),
		bodies: () => truto().requests.flatMap(({ body }) => (body === undefined ? [] : [body])),
	};
}

/** The parameters of an operation on one schedule. */
export const of = (id: string, operation: string, parameters: INodeParameters = {}) => ({
	operation,
	scheduleId: byId(id),
	...parameters,
});

/** The path of a schedule that is active. */
export const ONE = `/sync-job-cron-trigger/${CRON_TRIGGERS.sixHourly}`;

/** The request that activates a schedule. */
export const ACTIVATE = /^POST \/sync-job-cron-trigger\/[^/]+\/schedule$/;
