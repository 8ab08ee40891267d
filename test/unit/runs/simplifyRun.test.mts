import { describe, expect, it, test } from '@jest/globals';

import type { Json } from '../../../lib/json';
import { simplifyRun } from '../../../lib/runs/simplifyRun';
import { readRun } from '../../../lib/truto/run';
import { deepFreeze } from '../helpers/deepFreeze.mts';
import { finishedRun, runWithStats } from '../helpers/runs.mts';

describe('a simplified run', () => {
	it('has flat fields, the answer first and IDs last', () => {
		const simple = simplifyRun(readRun(deepFreeze(finishedRun({ brand_new_field: 1 }))));
		expect(Object.entries(simple)).toEqual([
			['status', 'completed'],
			['tenant_id', null],
			['sync_job_label', null],
			['integration_name', 'hubspot'],
			['fetched', 132],
			['persisted', 129],
			['started_at', '2026-11-24T10:00:01.500Z'],
			['finished_at', '2026-11-24T10:01:31.750Z'],
			['duration_seconds', 90],
			['created_at', '2026-11-24T10:00:00.000Z'],
			['sync_job_run_id', '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64'],
			['sync_job_id', '0d9f7c1e-2b1a-4a57-8d33-7a4b2f0c9e11'],
			['integrated_account_id', '7be2d0a4-90f1-4c55-b7a2-5f6f3f1c8d22'],
		]);
	});

	it('is null if Truto sent nothing', () => {
		expect(new Set(Object.values(simplifyRun(readRun({}))))).toEqual(new Set([null]));
	});

	const unreadable: Json[] = [[], 'none', 7, true, null, {}];

	test.each(unreadable.map((stats) => ({ stats })))(
		'counts nothing but is not lost if the stats are $stats',
		({ stats }) => {
			const simple = simplifyRun(readRun(runWithStats(stats)));
			expect(simple).toMatchObject({ status: 'completed', fetched: null, persisted: null });
		},
	);
});
