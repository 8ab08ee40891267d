import { describe, expect, it } from '@jest/globals';

import { byId, runTruto } from './harness.mts';
import { sweep } from './sweep.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

describe("Truto's rate limit", () => {
	it('is kept by 600 items without a single 429, none is lost, and it is used', async () => {
		const test = sweep(truto(), 600);

		const { rows, error, durationMs } = await runTruto(test);

		expect(error).toBeUndefined();
		expect(rows.map(({ id }) => id)).toEqual(test.items?.map(({ id }) => id));
		expect(truto().requestCounts()).toMatchObject({ count: 600, statuses: { 200: 600 } });
		expect(durationMs).toBeGreaterThan(9_000);
		expect(durationMs).toBeLessThan(20_000);
	});

	it('may be lowered by the option Requests per 10 Seconds', async () => {
		const stop = new AbortController();
		setTimeout(() => {
			stop.abort();
		}, 1_000);

		await runTruto({
			...sweep(truto(), 50),
			parameters: {
				syncJobRunId: byId('={{ $json.id }}'),
				options: { requestsPerTenSeconds: 10 },
			},
			signal: stop.signal,
		});

		expect(truto().requests.length).toBeGreaterThan(0);
		expect(truto().requests.length).toBeLessThanOrEqual(10);
	});

	it('does not let requests pile up: not all are open at once', async () => {
		truto().faults.forPath('/sync-job-run', { kind: 'delayHeaders', ms: 20 });

		await runTruto(sweep(truto(), 300));

		const { maxConcurrent } = truto().requestCounts();
		expect(maxConcurrent).toBeGreaterThan(5);
		// 128 of a sweep, and 16 that it leaves to others.
		expect(maxConcurrent).toBeLessThanOrEqual(144);
	});
});
