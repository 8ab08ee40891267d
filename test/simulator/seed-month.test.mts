import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { RUNS, startSimulator, type Simulator } from './index.mts';

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ seed: 'month' });
});

afterAll(async () => {
	await simulator.close();
});

const runs = () => [...simulator.store.runs.values()];

describe("a customer's month", () => {
	it('has more than 200 runs, none of which is odd', () => {
		expect(runs().length).toBeGreaterThan(200);
		for (const { resource_stats: stats, status } of runs()) {
			expect(stats === null || !Array.isArray(stats)).toBe(true);
			expect(Object.keys(stats ?? {}).length).toBeLessThanOrEqual(5);
			expect(status).toMatch(/^(running|rate_limited|completed|failed|stopped)$/);
		}
	});

	it('has one run that is going on, one that is stuck and one that waits', () => {
		const unfinished = runs().filter(({ finished_at: end }) => end === null);
		expect(unfinished.map(({ id }) => id).sort()).toEqual(
			[RUNS.growing, RUNS.v4Stuck, RUNS.v4RateLimited].sort(),
		);
	});

	it('has failures with a reason in their logs', () => {
		const failed = runs().filter(({ status }) => status === 'failed');
		expect(failed.length).toBeGreaterThan(10);
		const explained = new Set(simulator.store.logs.map((entry) => entry.sync_job_run_id));
		expect(failed.filter(({ id }) => !explained.has(id))).toEqual([]);
	});

	it('has a label for each sync job, and an account for each run', () => {
		const { syncJobs, integratedAccounts } = simulator.store;
		const labels = [...syncJobs.values()].map(({ label }) => label ?? '');
		expect(new Set(labels).size).toBe(labels.length);
		expect(labels.filter((label) => label === '' || label === 'Untitled')).toEqual([]);
		expect(runs().filter((run) => !integratedAccounts.has(run.integrated_account_id))).toEqual([]);
	});
});
