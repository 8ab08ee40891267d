import type { INodeParameters } from 'n8n-workflow';

import { CRON_TRIGGERS } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { useResource } from './use-resource.mts';

/** Gives each test of a file a simulated Truto, and runs the operations of schedules. */
export function useSchedules() {
	const schedules = useResource('schedule');
	return {
		...schedules,
		getMany: async (parameters: INodeParameters = {}) =>
			await schedules.run({ operation: 'getAll', returnAll: true, ...parameters }),
		paths: () => schedules.truto().requests.map(({ path }) => path),
		bodies: () =>
			schedules.truto().requests.flatMap(({ body }) => (body === undefined ? [] : [body])),
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
