import { optionsProperty } from '../../descriptions/options';
import { outputRuns, runOutputOptions, runOutputProperties } from '../../descriptions/runOutput';
import {
	readSyncJobRunId,
	SYNC_JOB_RUNS,
	syncJobRunIdProperty,
} from '../../descriptions/syncJobRunId';
import { resourcePath } from '../../shared/ids';
import type { JsonRecord } from '../../shared/json';
import type { Operation } from '../../shared/operation';
import type { TrutoClient } from '../../transport/client';
import { runPerItem, type ItemContext } from '../../transport/perItem';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job run',
		description:
			'Get the status, times and record counts of one sync job run, whole or as one item per resource',
		routing: runPerItem(getRun),
	},
	properties: [syncJobRunIdProperty, ...runOutputProperties, optionsProperty(runOutputOptions)],
};

async function getRun({ n8n, client, options }: ItemContext): Promise<JsonRecord[]> {
	const run = await fetchRun(client, readSyncJobRunId(n8n));
	return outputRuns(n8n, options, [run]);
}

/** `GET /sync-job-run/{id}` (*Get sync job run* in Truto's API reference). */
export async function fetchRun(client: TrutoClient, id: string): Promise<JsonRecord> {
	return await client.sendForRecord({
		method: 'GET',
		path: resourcePath(SYNC_JOB_RUNS, id),
		about: `sync job run ${id}`,
	});
}
