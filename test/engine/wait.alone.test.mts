import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { FAULTS, RUNS, UNKNOWN_ID } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { timersLeftBy } from './live-timers.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const wait = async (
	ids: string | string[],
	parameters: INodeParameters = {},
	signal?: AbortSignal,
) =>
	await runTruto({
		simulator: truto(),
		items: [ids].flat().map((id) => ({ id })),
		parameters: {
			operation: 'wait',
			syncJobRunId: byId('={{ $json.id }}'),
			pollInterval: 2,
			...parameters,
		},
		signal,
	});

/** A run that ends before the second poll. */
const shortRun = (status: string, meanwhile = 'running') =>
	truto().store.addRun({
		run_script: [
			{ status: 'created', afterMs: 0 },
			{ status: meanwhile, afterMs: 500 },
			{ status, afterMs: 1_000 },
		],
	}).id;

describe('Wait for Completion', () => {
	it.each([RUNS.completed, RUNS.stopped])('returns at once a run that has ended', async (id) => {
		const { rows, error } = await wait(id);

		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ id })]);
		expect(truto().requests).toHaveLength(1);
	});

	it('polls while runs go on or wait, whatever that is called, and through passing errors', async () => {
		const ids = ['running', 'rate_limited', 'of_the_future'].map((status) =>
			shortRun('completed', status),
		);
		// The second poll of each fails, and so does its retry.
		const breakSoon = setTimeout(() => {
			truto().faults.next(6, FAULTS.serverError);
		}, 1_000);

		const { rows, error, durationMs } = await wait(ids, { options: { maxRetries: 1 } });
		clearTimeout(breakSoon);

		expect(error).toBeUndefined();
		expect(rows).toMatchObject(ids.map((id) => ({ id, status: 'completed' })));
		expect(durationMs).toBeGreaterThan(3_900);
		const statuses = truto().requests.map(({ status }) => status);
		expect(statuses.filter((status) => status === 500)).toHaveLength(6);
		expect(statuses.filter((status) => status === 200)).toHaveLength(6);
	});

	it('fails with the reason from the logs if the run failed', async () => {
		const { error } = await wait(RUNS.failed);

		expect(error?.message).toMatch(
			new RegExp(`^Sync job run ${RUNS.failed} failed: .*status 401.* \\[item 0\\]$`),
		);
		expect(error?.description).toMatch(/^Cause: Authentication\./);
	});

	it('says so if the logs give no reason', async () => {
		const { id } = truto().store.addRun({ status: 'failed' });

		const { error } = await wait(id, { options: { includeNames: false } });

		expect(error?.message).toBe(`Sync job run ${id} failed: its logs do not say why [item 0]`);
		expect(error?.description).toMatch(/^Cause: Unknown\. \S/);
	});

	it('fails as soon as the run of one item has failed, and no longer waits for the others', async () => {
		const { error, durationMs } = await wait([RUNS.running, RUNS.failed], { timeout: 0.2 });

		expect(error?.message).toMatch(
			new RegExp(`^Sync job run ${RUNS.failed} failed: .* \\[item 1\\]$`),
		);
		expect(durationMs).toBeLessThan(4_000);
	});

	it('returns the failed run if asked', async () => {
		const { rows, error } = await wait(RUNS.failed, { failOnFailedRun: false });

		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ id: RUNS.failed, status: 'failed' })]);
		expect(truto().requests).toHaveLength(1);
	});

	it('gives up after the timeout, or returns the run as it is then', async () => {
		const fails = await wait(RUNS.running, { timeout: 0.01 });
		const returns = await wait(RUNS.running, { timeout: 0.01, onTimeout: 'returnRun' });

		expect(fails.error?.message).toMatch(/did not end within 0\.01 minutes: it was running/);
		expect(returns.rows).toEqual([expect.objectContaining({ status: 'running' })]);
		expect(fails.durationMs).toBeLessThan(2_000);
	});

	it.each([1, 0, -5, '={{ "soon" }}'])('refuses a poll interval of %s', async (pollInterval) => {
		const { error } = await wait(RUNS.running, { pollInterval });

		expect(error?.message).toMatch(/^'Poll Interval \(Seconds\)' is not valid: /);
		expect(truto().requests).toEqual([]);
	});

	it.each(['={{ "long" }}', -1, 35_792])(
		'refuses a timeout of %s, instead of never ending',
		async (timeout) => {
			const { error } = await wait(RUNS.running, { timeout }, AbortSignal.timeout(1_000));

			expect(error?.message).toMatch(/^'Timeout \(Minutes\)' is not valid: /);
			expect(truto().requests).toEqual([]);
		},
	);

	it.each([4.1, 8.2, 20_160])('takes a timeout of %s minutes', async (timeout) => {
		const { rows, error } = await wait(RUNS.completed, { timeout });

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ id: RUNS.completed }]);
	});

	it('fails at once for a run that is not there', async () => {
		const { error } = await wait(UNKNOWN_ID);

		expect(error?.message).toMatch(/\(404\)/);
		expect(truto().requests).toHaveLength(1);
	});

	it('ends at once when the execution is stopped, and leaves no timer', async () => {
		let took = Infinity;

		const timers = await timersLeftBy(async () => {
			const stop = new AbortController();
			setTimeout(() => {
				stop.abort();
			}, 500);
			took = (await wait(RUNS.running, {}, stop.signal)).durationMs;
		});

		expect(took).toBeLessThan(1_400);
		expect(timers).toEqual([]);
		expect(truto().requests).toHaveLength(1);
	});

	it('waits for many items side by side', async () => {
		const ids = Array.from({ length: 20 }, () => shortRun('completed'));

		const { rows, durationMs } = await wait(ids);

		expect(rows.map(({ id }) => id)).toEqual(ids);
		expect(durationMs).toBeLessThan(6_000);
	});
});
