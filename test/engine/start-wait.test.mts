import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { useStart } from './use-start.mts';

const { truto, start, posts } = useStart();

const AND_WAIT = { waitForCompletion: true, pollInterval: 2, timeout: 0.05 };

describe('Start, with Wait for Completion', () => {
	it('waits for the end if asked, and splits as Get does', async () => {
		const job = truto().store.addSyncJob({
			run_script: [
				{ status: 'created', afterMs: 0 },
				{ status: 'running', afterMs: 100 },
				{ status: 'completed', afterMs: 500 },
			],
		});

		const { rows, error } = await start({
			syncJobId: byId(job.id),
			integratedAccountId: byId(ACCOUNTS.hubspot),
			waitForCompletion: true,
			pollInterval: 2,
			splitResourceStats: true,
		});

		expect(error).toBeUndefined();
		expect(rows).toEqual([
			expect.objectContaining({ status: 'completed', resource: 'crm/contacts' }),
		]);
		expect(posts()).toHaveLength(1);
	});

	it('waits for a run that Truto does not know at first, and names its customer', async () => {
		const GONE = { kind: 'status', status: 404 } as const;
		truto().faults.forPath(/^GET \/sync-job-run\//, GONE, 1);
		const job = truto().store.addSyncJob({
			integration_name: 'bamboohr',
			run_script: [{ status: 'completed', afterMs: 0 }],
		});

		const { rows, error } = await start({
			...AND_WAIT,
			syncJobId: byId(job.id),
			simplify: true,
			options: { includeNames: true },
		});

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ status: 'completed', tenant_id: 'globex-7' }]);
	});

	it('says so if Truto never knows it', async () => {
		truto().faults.forPath(/^GET \/sync-job-run\//, { kind: 'status', status: 404 });

		const { error } = await start({ ...AND_WAIT, timeout: 0, options: { includeNames: true } });

		const id = [...truto().store.runs.keys()].at(-1);
		expect(error?.message).toBe(
			`Sync job run ${id} did not end within 0 minutes: it was never seen [item 0]`,
		);
	});
});
