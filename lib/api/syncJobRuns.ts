import type { IDataObject } from 'n8n-workflow';

import { withoutUndefined } from '../json';
import { SYNC_JOB_RUN } from '../truto/kinds';
import { couldBe } from '../truto/references';
import { readRun, type Run } from '../truto/run';
import { timestamp } from '../truto/timestamp';
import type { TrutoClient, TrutoRequest } from '../transport/client';
import { listOf, pagesOf, type List } from './lists';
import { fetchOne } from './things';

/** `GET /sync-job-run/{id}` (*Get sync job run* in Truto's API reference). @throws {TrutoError} */
export async function fetchRun(
	client: TrutoClient,
	id: string,
	limits: Pick<TrutoRequest, 'withinMs'> = {},
): Promise<Run> {
	return readRun(await fetchOne(client, SYNC_JOB_RUN, id, limits));
}

/** Which runs to list. */
export interface RunFilter {
	syncJobId?: string;
	integratedAccountId?: string;
	/** Any of these; undefined for all. */
	statuses?: string[];
	/** ISO texts. A run created exactly then counts as created after, not as created before. */
	createdAfter?: string;
	createdBefore?: string;
	/** `-created_at` and the like. */
	sort: string;
	limit?: number;
	pageSize?: number;
	isReadToEnd?: List<Run>['isReadToEnd'];
}

/**
 * `GET /sync-job-run`, page by page. Truto's docs don't say how to ask for several statuses or a span of
 * time. If Truto ignores or refuses such a filter, the right runs are picked here.
 *
 * @throws as {@link pagesOf}
 */
export function runPages(client: TrutoClient, filter: RunFilter): AsyncGenerator<Run[]> {
	const { statuses = [], createdAfter, createdBefore, sort } = filter;
	const after = timestamp(createdAfter);
	const before = timestamp(createdBefore);
	const query: IDataObject = {
		sort,
		sync_job_id: filter.syncJobId,
		integrated_account_id: filter.integratedAccountId,
		[statuses.length > 1 ? 'status[in]' : 'status']: statuses.join(',') || undefined,
		// Truto's docs name no operator that includes the time itself.
		'created_at[gt]': Number.isNaN(after) ? undefined : new Date(after - 1).toISOString(),
		'created_at[lt]': createdBefore,
	};
	return pagesOf(client, {
		...listOf(SYNC_JOB_RUN),
		query: withoutUndefined(query),
		read: readRun,
		limit: filter.limit,
		isReadToEnd: filter.isReadToEnd,
		pageSize: filter.pageSize,
		matches: (run) => {
			const created = run.createdAt.ms;
			return (
				(statuses.length === 0 || statuses.includes(run.status ?? '')) &&
				couldBe(run.syncJobId, filter.syncJobId) &&
				couldBe(run.integratedAccountId, filter.integratedAccountId) &&
				!(created < after) &&
				!(created >= before)
			);
		},
		doubtful: ['status[in]', 'created_at[gt]', 'created_at[lt]'],
		isPastEnd: (run) =>
			(sort === '-created_at' && run.createdAt.ms < after) ||
			(sort === 'created_at' && run.createdAt.ms >= before),
	});
}
