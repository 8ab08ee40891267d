import { expect, test } from '@jest/globals';

import { Memo } from '../../../lib/n8n/memo';
import { readSyncs } from '../../../nodes/Truto/operations/syncJob/readSyncs';
import { clientWith } from '../helpers/client.mts';
import { HOUR, NOW } from './syncs.mts';

const hours = (count: number) => new Date(NOW - count * HOUR).toISOString();
const threeHundred = <T,>(make: (index: number) => T) =>
	Array.from({ length: 300 }, (_, index) => make(index));

test('Of syncs without a run and of others, two hundred each are looked up, and their job once', async () => {
	const failed = threeHundred((index) => ({
		...{ id: `run-${index}`, sync_job_id: 'job', integrated_account_id: `failing-${index}` },
		...{ status: 'failed', created_at: hours(1) },
	}));
	const schedules = threeHundred((index) => ({
		...{ id: `s-${index}`, sync_job_id: 'job', integrated_account_id: `monthly-${index}` },
		...{ cron_expression: '0 0 1 * *', created_at: hours(900) },
	}));
	const lookedUp: string[] = [];
	let ofJob = 0;
	const client = clientWith(
		({ url, qs = {} }) => {
			const account = qs.integrated_account_id as string | undefined;
			if (account !== undefined) lookedUp.push(account.replace(/\d+/, 'n'));
			const isOlder = qs['created_at[lt]'] !== undefined;
			if (isOlder && account === undefined) ofJob++;
			const isRuns = url.endsWith('/sync-job-run') && qs.status === undefined && !isOlder;
			const result = isRuns ? failed : url.endsWith('/sync-job-cron-trigger') ? schedules : [];
			return { body: { result, next_cursor: null } };
		},
		{ requestsPerTenSeconds: 1_000 },
	);
	const memo = new Memo();
	const once = async <T,>(key: string, work: () => Promise<T>) =>
		await memo.once(client, key, work);

	const item = { client, nodeRun: { once } } as unknown as Parameters<typeof readSyncs>[0];
	const { syncs } = await readSyncs(item, { now: NOW, hours: 48 }, {});

	expect(syncs).toHaveLength(600);
	expect(lookedUp.filter((account) => account === 'monthly-n')).toHaveLength(200);
	expect(lookedUp.filter((account) => account === 'failing-n')).toHaveLength(200);
	expect(ofJob).toBe(1);
});
