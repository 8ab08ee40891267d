import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { FAULTS, RUNS, tooManyRequests } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const getRuns = async (ids: string[], options: INodeParameters = {}) =>
	await runTruto({
		simulator: truto(),
		items: ids.map((id) => ({ id })),
		parameters: { syncJobRunId: byId('={{ $json.id }}'), options },
	});

const statuses = () => truto().requests.map(({ status }) => status);

describe('retries', () => {
	it('bring the item out once the fault is over', async () => {
		truto().faults.next(1, FAULTS.serverError);
		truto().faults.next(1, FAULTS.badGatewayHtml);

		const { rows, error } = await getRuns([RUNS.completed], { maxRetries: 2 });

		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ id: RUNS.completed })]);
		expect(statuses()).toEqual([500, 502, 200]);
	});

	it('wait longer each time', async () => {
		truto().faults.next(2, FAULTS.resetBeforeAnswer);

		await getRuns([RUNS.completed], { maxRetries: 2 });

		const [first = 0, second = 0, third = 0] = truto().requests.map(({ startedAt }) => startedAt);
		expect(second - first).toBeGreaterThanOrEqual(240);
		expect(third - second).toBeGreaterThanOrEqual(490);
		expect(third - first).toBeLessThan(2_000);
	});

	it('are made for the items that need one only', async () => {
		truto().faults.forPath(`/sync-job-run/${RUNS.failed}`, FAULTS.gatewayTimeout, 1);

		const { rows } = await getRuns([RUNS.completed, RUNS.failed, RUNS.running], { maxRetries: 1 });

		expect(rows.map(({ id }) => id)).toEqual([RUNS.completed, RUNS.failed, RUNS.running]);
		expect(truto().requests.map(({ path }) => path.split('/').at(-1))).toEqual([
			RUNS.completed,
			RUNS.failed,
			RUNS.running,
			RUNS.failed,
		]);
	});

	it('are five unless the option says otherwise', async () => {
		truto().faults.next(99, FAULTS.serverError);

		const { error } = await getRuns([RUNS.completed]);

		expect(error?.description).toMatch(/Sent 6 times over \d+ s\.$/);
		expect(statuses()).toEqual(Array(6).fill(500));
	}, 30_000);

	it.each([
		[0, 1],
		[3, 4],
		['={{ "2" }}', 3],
	])('are as many as Max Retries says (%s)', async (maxRetries, requests) => {
		truto().faults.next(99, FAULTS.serverError);

		const { error } = await getRuns([RUNS.completed], { maxRetries });

		expect(error?.message).toMatch(/^Truto failed \(500\)/);
		expect(statuses()).toEqual(Array(requests).fill(500));
	});

	it.each(['={{ null }}', '={{ "" }}', '={{ $json.missing }}'])(
		'are made as usual if Max Retries is empty (%s)',
		async (maxRetries) => {
			truto().faults.next(3, FAULTS.serverError);

			const { rows } = await getRuns([RUNS.completed], { maxRetries });

			expect(rows).toHaveLength(1);
			expect(statuses()).toEqual([500, 500, 500, 200]);
		},
	);

	// A 429 counts as a pause of 10 s at least, and each retry allows a minute of them.
	it.each([
		[0, 1],
		[1, 7],
	])('after a 429 go on for a minute for each retry (%s)', async (maxRetries, requests) => {
		truto().faults.next(99, tooManyRequests(0));

		const { error } = await getRuns([RUNS.completed], { maxRetries });

		expect(error?.message).toMatch(/rate limit was hit \(429\)/);
		expect(statuses()).toEqual(Array(requests).fill(429));
	});

	it('after a 429 take none away from those after a fault', async () => {
		truto().faults.next(3, tooManyRequests(0));
		truto().faults.next(1, FAULTS.serverError);
		truto().faults.next(2, tooManyRequests(0));

		const { rows, error } = await getRuns([RUNS.completed], { maxRetries: 1 });

		expect(error).toBeUndefined();
		expect(rows).toHaveLength(1);
		expect(statuses()).toEqual([429, 429, 429, 500, 429, 429, 200]);
	});

	it.each([-1, 21, '={{ "many" }}', '={{ NaN }}'])(
		'are refused before any request if Max Retries is %s',
		async (maxRetries) => {
			const { error } = await getRuns([RUNS.completed], { maxRetries });

			expect(error?.message).toMatch(/^'Max Retries' is not valid: /);
			expect(error?.description).toBe('Use a number of at least 0 and at most 20.');
			expect(statuses()).toEqual([]);
		},
	);

	it('lose and double nothing if one request in ten breaks', async () => {
		const ids = truto().store.addManyRuns(200, { resources: 1 });
		truto().faults.random(0.1, FAULTS.resetBeforeAnswer);

		const { rows, error } = await getRuns(ids);

		expect(error).toBeUndefined();
		expect(rows.map(({ id }) => id)).toEqual(ids);
		expect(truto().faults.applied).toBeGreaterThan(10);
		expect(truto().requests).toHaveLength(200 + truto().faults.applied);
	});
});

describe('a 429', () => {
	it('is tried again after the seconds of Retry-After', async () => {
		truto().faults.next(1, tooManyRequests(1));

		const { rows } = await getRuns([RUNS.completed], { maxRetries: 1 });

		expect(rows).toHaveLength(1);
		const [first = 0, second = 0] = truto().requests.map(({ startedAt }) => startedAt);
		expect(second - first).toBeGreaterThanOrEqual(990);
		expect(second - first).toBeLessThan(2_500);
	});

	it('is tried again at the date of Retry-After', async () => {
		// A date has no fractions of a second.
		const date = new Date(Date.now() + 3_000).toUTCString();
		truto().faults.next(1, tooManyRequests(date));

		const { rows } = await getRuns([RUNS.completed], { maxRetries: 1 });

		expect(rows).toHaveLength(1);
		const second = truto().requests[1]?.startedAt ?? 0;
		expect(second).toBeGreaterThanOrEqual(Date.parse(date) - 10);
		expect(second).toBeLessThan(Date.parse(date) + 1_500);
	});

	it('holds up all items, not only its own', async () => {
		const ids = truto().store.addManyRuns(120, { resources: 1 });
		truto().faults.next(1, tooManyRequests(3));

		const { rows, error } = await getRuns(ids);

		expect(error).toBeUndefined();
		expect(rows.map(({ id }) => id)).toEqual(ids);
		const { requests } = truto();
		const answeredAt = requests.find(({ status }) => status === 429)?.finishedAt ?? 0;
		// Those that were on the way already are not called back, and n8n takes its time to send them.
		const during = requests.filter(
			({ startedAt }) => startedAt > answeredAt + 1_000 && startedAt < answeredAt + 2_950,
		);
		expect(during).toEqual([]);
		expect(
			requests.filter(({ startedAt }) => startedAt > answeredAt + 2_950).length,
		).toBeGreaterThan(50);
	});
});
