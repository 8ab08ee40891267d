import { expect, test } from '@jest/globals';

import { startSimulatorProcess } from '../../bench/host.mts';
import { VALID_TOKEN } from './constants.mts';

test('the benchmarks get a simulator in a process of its own', async () => {
	const simulator = await startSimulatorProcess('2/600000', { nextCursor: 'absent' });
	const get = async (path: string) => {
		const headers = { Authorization: `Bearer ${VALID_TOKEN}` };
		const answer = await fetch(`${simulator.url}${path}`, { headers });
		return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
	};
	try {
		const [id = '', ...others] = await simulator.addRuns(3, 4);
		expect(others).toHaveLength(2);
		const { body: run } = await get(`/sync-job-run/${id}`);
		expect(Object.keys(run.resource_stats as object)).toHaveLength(4);
		await simulator.delayAnswers(60);
		const start = performance.now();
		const { body: jobs } = await get('/sync-job?limit=100');
		expect(performance.now() - start).toBeGreaterThanOrEqual(55);
		expect(Object.keys(jobs)).toEqual(['result', 'prev_cursor', 'limit']);
		expect((await get('/sync-job')).status).toBe(429);
		const statuses = { 200: 2, 429: 1 };
		expect(await simulator.counts()).toEqual({ count: 3, statuses, maxConcurrent: 1 });
		await simulator.reset();
		expect((await simulator.counts()).count).toBe(0);
		expect((await get('/sync-job')).status).toBe(200);
	} finally {
		simulator.stop();
	}
});
