import { describe, expect, it, jest } from '@jest/globals';

import { FAULTS } from '../simulator/index.mts';
import { idsOf, usePolling } from './use-polling.mts';

const { truto, addRun, end, nodeWith, activated, later } = usePolling();

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
			expect.stringMatching(
				/^Truto: 'Truto Polling Trigger' of workflow .*: 1 sync job run could not be read\. The next poll tries again\. .*\(403\)/,
			),
		]);
		truto().faults.clear();
		expect(idsOf(await node.pollAndExecute())).toEqual([broken]);
	});

	it('at a run that has ended: it comes with the next poll, and the others with this one', async () => {
		const node = await activated();
		const broken = addRun();
		const fine = addRun();
		truto().faults.forPath(`/sync-job-run/${broken}`, FAULTS.forbidden);
		expect(idsOf(await node.pollAndExecute())).toEqual([fine]);
		truto().faults.clear();
		expect(idsOf(await node.pollAndExecute())).toEqual([broken]);
		expect(await node.poll()).toEqual([]);
	});

	it('at a run that n8n may have lost: it comes once, with a later poll', async () => {
		const node = await activated();
		const lost = addRun();
		await node.poll();
		truto().faults.forPath(`/sync-job-run/${lost}`, FAULTS.forbidden);
		const next = addRun();
		const items = await node.restart();
		expect(idsOf((await node.execute(items)).items.map(({ json }) => json))).toEqual([next]);
		truto().faults.clear();
		expect(idsOf(await node.pollAndExecute())).toEqual([lost]);
		expect(await node.poll()).toEqual([]);
	});

	it('that denies a run for some seconds: it is not forgotten', async () => {
		const busy = addRun({ status: 'running' });
		for (let run = 0; run < 50; run++) addRun({ created_at: new Date().toISOString() });
		const node = await activated();
		truto().faults.forPath(`/sync-job-run/${busy}`, FAULTS.notFound);
		expect(await node.poll()).toEqual([]);
		truto().faults.clear();
		end(busy);
		expect(idsOf(await node.pollAndExecute())).toEqual([busy]);
	});

	it('that deletes a run: it is forgotten after five minutes', async () => {
		const gone = addRun({ status: 'running' });
		for (let run = 0; run < 50; run++) addRun({ created_at: new Date().toISOString() });
		const node = await activated();
		truto().store.removeRun(gone);
		expect(await node.poll()).toEqual([]);
		later(300_000);
		expect(await node.poll()).toEqual([]);
		truto().clearRequests();
		expect(await node.poll()).toEqual([]);
		expect(truto().requests.map(({ path }) => path)).toEqual(['/sync-job-run']);
	});
});

describe('Truto is away', () => {
	const away =
		/^Truto: 'Truto Polling Trigger' of workflow .* is active, but Truto is unavailable: .*500/;

	it('when n8n starts: the trigger stays on, and the log says why', async () => {
		const node = await activated();
		const id = addRun();
		truto().faults.random(1, FAULTS.serverError);
		expect(await node.restart()).toEqual([]);
		expect(node.warnings).toEqual([expect.stringMatching(away)]);
		truto().faults.clear();
		expect(idsOf(await node.pollAndExecute())).toEqual([id]);
		expect(await node.poll()).toEqual([]);
	});

	describe('so slow that', () => {
		/** Some waits end sooner than they would: those of requests are up to 1 % longer than their time. */
		const shorten = (waits: Record<number, number>) => {
			const real = AbortSignal.timeout.bind(AbortSignal);
			jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => real(waits[ms] ?? ms));
		};

		it('an answer trickles in: the poll gives up, and the next one finds the run', async () => {
			shorten({ 30_300: 300 });
			const node = await activated();
			const id = addRun();
			truto().faults.forPath('/sync-job-run', { kind: 'slowBody', ms: 10_000 });
			expect(await node.poll()).toEqual([]);
			expect(node.warnings).toEqual([expect.stringMatching(/is active, but Truto is unavailable/)]);
			jest.restoreAllMocks();
			truto().faults.clear();
			expect(idsOf(await node.pollAndExecute())).toEqual([id]);
		});

		it('a poll takes more than four minutes: it gives up, also when n8n starts', async () => {
			const node = await activated();
			const ids = truto().store.addManyRuns(300, { spacingMs: 1 });
			shorten({ 240_000: 1_000 });
			truto().faults.forPath('/sync-job-run', { kind: 'delayHeaders', ms: 600 });
			for (const items of [await node.poll(), await node.restart()]) expect(items).toEqual([]);
			expect(node.warnings.at(-1)).toMatch(
				/ is active, but Truto is unavailable: Truto took more than 4 minutes to list the sync job runs\. Truto answers, but very slowly\. The next poll catches up\.$/,
			);
			jest.restoreAllMocks();
			truto().faults.clear();
			expect(idsOf(await node.pollAndExecute()).sort()).toEqual(ids.sort());
		});
	});

	it('for more than ten minutes: the poll fails, until Truto is back', async () => {
		const node = await activated();
		truto().faults.random(1, FAULTS.serverError);
		expect(await node.poll()).toEqual([]);
		later(590_000);
		expect(await node.poll()).toEqual([]);
		later(10_000);
		await expect(node.poll()).rejects.toThrow('500');
		await expect(node.poll()).rejects.toThrow('500');
		truto().faults.clear();
		const id = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([id]);
		truto().faults.random(1, FAULTS.serverError);
		expect(await node.poll()).toEqual([]);
	});

	it.each(['restart', 'activate'] as const)(
		'when it is activated again, ten minutes later: the trigger stays on (%s)',
		async (again) => {
			const node = await activated();
			truto().faults.random(1, FAULTS.serverError);
			expect(await node.poll()).toEqual([]);
			later(700_000);
			expect(await node[again]()).toEqual([]);
		},
	);

	it('when it is activated for the first time: that fails', async () => {
		truto().faults.random(1, FAULTS.serverError);
		const node = nodeWith();
		await expect(node.activate()).rejects.toThrow('500');
		expect(node.stored).toBe('{}');
	});

	it('is not what a refused token means: the activation fails', async () => {
		const node = await activated();
		truto().faults.next(3, FAULTS.unauthorized);
		await expect(node.restart()).rejects.toThrow('Truto did not accept the API token (401)');
	});
});
