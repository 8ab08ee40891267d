import { describe, expect, test } from '@jest/globals';

import { syncRun } from '../../../lib/health/syncRun.ts';
import type { JsonRecord } from '../../../lib/json.ts';
import { readRun } from '../../../lib/truto/run.ts';
import { readSyncJob } from '../../../lib/truto/syncJob.ts';

describe('What is kept of a run', () => {
	test.each<[JsonRecord, JsonRecord, string | null]>([
		[
			{ status: 'created', mutex_key: 'crm' },
			{},
			'another run with the mutex key crm is still running',
		],
		[
			{ status: 'created' },
			{ mutex_key: 'job' },
			'another run with the mutex key job is still running',
		],
		[{ status: 'created', daemon_group_key: 'eu' }, {}, 'a daemon of the group eu is running'],
		[{ status: 'created' }, {}, null],
		[{ status: 'running', mutex_key: 'crm' }, {}, null],
	])('says what may keep it in the queue: %j of %j', (run, job, heldBy) => {
		expect(syncRun(readRun(run), readSyncJob({ id: 'job', ...job })).heldBy).toBe(heldBy);
	});

	test.each<[JsonRecord, boolean]>([
		[{ integrated_account_id: 'a' }, false],
		[{ args: { integrated_account_id: 'a' } }, true],
	])('says whether Truto finds it by its account: %j', (run, isInArgs) => {
		expect(syncRun(readRun(run), null).isAccountInArgs).toBe(isInArgs);
	});
});
