import { describe, expect, it } from '@jest/globals';

import { FAULTS } from '../simulator/index.mts';
import { idsOf, usePolling } from './use-polling.mts';

const { truto, addRun, end, activated } = usePolling();

describe('errors of Truto', () => {
	it('leave the run to the next poll', async () => {
		const node = await activated();
		const id = addRun();
		truto().faults.next(3, FAULTS.unauthorized);
		await expect(node.poll()).rejects.toThrow('Truto did not accept the API token (401)');
		truto().faults.clear();
		expect(idsOf(await node.pollAndExecute())).toEqual([id]);
	});

	it('at one unfinished run do not hold up the others', async () => {
		const broken = addRun({ status: 'running' });
		const fine = addRun({ status: 'running' });
		addRun({ created_at: new Date(Date.now() + 600_000).toISOString() });
		const node = await activated();
		end(broken);
		end(fine);
		truto().faults.forPath(`/sync-job-run/${broken}`, FAULTS.forbidden);
		expect(idsOf(await node.pollAndExecute())).toEqual([fine]);
		expect(node.warnings).toEqual([
			expect.stringMatching(/^Truto Polling Trigger: .*\(403\).*The next poll looks again\.$/),
		]);
		truto().faults.clear();
		expect(idsOf(await node.pollAndExecute())).toEqual([broken]);
	});

	it('at a run of which only the id is known leave it to the next poll, and pass the others', async () => {
		const node = await activated();
		const lost = addRun();
		await node.poll();
		expect(await node.restart()).toEqual([]);
		addRun({ created_at: new Date(Date.now() + 600_000).toISOString(), status: 'running' });
		truto().store.removeRun(lost);
		const kept = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([kept]);
	});

	it('at a run that n8n may have lost: it comes once, with a later poll', async () => {
		const node = await activated();
		const lost = addRun();
		await node.poll();
		// A later run moves the window of the list beyond the lost one.
		expect(await node.restart()).toEqual([]);
		const next = addRun({ created_at: new Date(Date.now() + 600_000).toISOString() });
		truto().faults.forPath(`/sync-job-run/${lost}`, FAULTS.forbidden);
		truto().store.patchRun(lost, { created_at: '2020-01-01T00:00:00.000Z' });
		expect(idsOf(await node.pollAndExecute())).toEqual([next]);
		truto().faults.clear();
		expect(idsOf(await node.pollAndExecute())).toEqual([lost]);
		expect(await node.poll()).toEqual([]);
	});

	it('that deletes a run: it is forgotten', async () => {
		const gone = addRun({ status: 'running' });
		addRun({ created_at: new Date(Date.now() + 600_000).toISOString() });
		const node = await activated();
		truto().store.removeRun(gone);
		expect(await node.poll()).toEqual([]);
		truto().clearRequests();
		expect(await node.poll()).toEqual([]);
		expect(truto().requests.map(({ path }) => path)).toEqual(['/sync-job-run']);
	});
});
