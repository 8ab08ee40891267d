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
