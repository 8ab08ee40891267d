import { readId, SYNC_JOB_RUN, syncJobRunIdProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/options';
import { resourcePath } from '../../../../lib/parameters/id';
import type { JsonRecord } from '../../../../lib/json';
import type { Operation } from '../../../../lib/n8n/operation';
import { runPerItem, type ItemContext } from '../../../../lib/n8n/perItem';
import { TrutoError } from '../../../../lib/api/trutoError';

export const deleteRun: Operation = {
	option: {
		name: 'Stop',
		value: 'delete',
		action: 'Stop a sync job run',
		description: 'Stop a sync job run that is going on, and delete it',
		routing: runPerItem(stopRun),
	},
	properties: [syncJobRunIdProperty, optionsProperty()],
};

async function stopRun({ n8n, client }: ItemContext): Promise<JsonRecord[]> {
	const id = readId(n8n, SYNC_JOB_RUN);
	const request = {
		method: 'DELETE',
		path: resourcePath(SYNC_JOB_RUN.collection, id),
		about: `sync job run ${id}`,
	} as const;
	await client.send(request).catch((error: unknown) => {
		// After a broken connection the run may be gone because the first try did get through.
		const isGoneByUs = error instanceof TrutoError && error.status === 404 && error.tries > 1;
		if (!isGoneByUs) throw error;
	});
	return [{ deleted: true, sync_job_run_id: id }];
}
