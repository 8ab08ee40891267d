import { ACCOUNTS, fixedId } from './constants.mts';
import { completeRun } from './store-defaults.mts';
import type { RunInput, SyncJob, SyncJobRun } from './types.mts';

export interface ManyRunsOptions {
	/** Resources per run; default 3. */
	resources?: number;
	/** Default `completed`. */
	status?: string;
	syncJobId?: string;
	/** Distance between the runs' `created_at`; default one second. */
	spacingMs?: number;
}

/**
 * Many runs of a job, the newest created at `newest`, made cheaply for load tests.
 *
 * @param firstNumber the number in the first run's id
 */
export function manyRuns(
	count: number,
	options: ManyRunsOptions,
	job: SyncJob,
	newest: number,
	firstNumber: number,
): SyncJobRun[] {
	const { resources = 3, status = 'completed', spacingMs = 1_000 } = options;
	const list = Array.from({ length: resources }, (_, index) => ({
		resource: `crm/resource_${String(index + 1)}`,
		method: 'list',
	}));
	return Array.from({ length: count }, (_, index) => {
		const number = firstNumber + index;
		const createdAt = new Date(newest - index * spacingMs).toISOString();
		const input: RunInput = {
			id: fixedId('b000', number),
			status,
			resources: list,
			created_at: createdAt,
			resource_stats: Object.fromEntries(
				list.map(({ resource }, at) => {
					const fetched = ((number * 31 + at * 17) % 997) + 2;
					return [resource, { list: { fetched, persisted: fetched - (at % 3) } }];
				}),
			),
		};
		return completeRun(input, job, ACCOUNTS.hubspot, createdAt);
	});
}
