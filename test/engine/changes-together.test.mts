import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, CRON_TRIGGERS, FAULTS, RUNS, UNKNOWN_ID } from '../simulator/index.mts';
import { CURSOR, REFRESH, schedule, SET, STOP, three, useChanges } from './use-changes.mts';

const { truto, run, requests, changes, cursor } = useChanges();

describe('several items with the same thing', () => {
	it('stop a run once', async () => {
		truto().speak({ deletedRun: 'stopped' });

		const { rows, error } = await run(STOP, three(RUNS.running));

		expect(error).toBeUndefined();
		const row = {
			deleted: true,
			stopped: true,
			sync_job_run_id: RUNS.running,
			status_before: 'running',
		};
		expect(rows).toEqual([row, row, row]);
		expect(truto().store.runs.get(RUNS.running)?.status).toBe('stopped');
		expect(requests()).toEqual([
			`GET /sync-job-run/${RUNS.running}`,
			`DELETE /sync-job-run/${RUNS.running}`,
		]);
	});

	it('stop a run once, also if its ID comes in two letter cases', async () => {
		const ids = [RUNS.running.toUpperCase(), RUNS.running];

		const { rows, error } = await run(
			STOP,
			ids.map((id) => ({ id })),
		);

		expect(error).toBeUndefined();
		expect(rows.map(({ sync_job_run_id: id }) => id)).toEqual([RUNS.running, RUNS.running]);
		expect(changes()).toEqual([`DELETE /sync-job-run/${RUNS.running} 200`]);
	});

	it('refresh credentials once, and are refused once', async () => {
		const done = await run(REFRESH, three(ACCOUNTS.hubspot));
		const refused = await run(REFRESH, three(ACCOUNTS.needsReauth), {
			onError: 'continueRegularOutput',
		});

		expect(done.rows).toHaveLength(3);
		expect(refused.rows.map(({ error }) => error)).toEqual(
			[0, 1, 2].map(
				(item) =>
					`The credentials of integrated account ${ACCOUNTS.needsReauth} could not be refreshed [item ${item}]`,
			),
		);
		expect(changes()).toEqual([
			'POST /integrated-account/refresh-credentials 200',
			'POST /integrated-account/refresh-credentials 401',
		]);
	});

	it('set a state in their order: the last value stays', async () => {
		const before = cursor();
		// The first POST takes the longest.
		truto().faults.forPath('POST /sync-job-run-state', { kind: 'delayHeaders', ms: 200 }, 1);

		const { rows } = await run({ ...SET, key: CURSOR, value: '={{ $json.value }}' }, [
			{ value: 'a' },
			{ value: 'b' },
			{ value: 'b' },
			{ value: 'a' },
		]);

		expect(cursor()).toBe('a');
		expect(rows.map(({ value_before, value }) => [value_before, value])).toEqual([
			[before, 'a'],
			['a', 'b'],
			['a', 'b'],
			['b', 'a'],
		]);
		expect(changes()).toHaveLength(3);
	});

	it('delete a state entry and a schedule once', async () => {
		const before = cursor();
		const entry = await run({ ...SET, operation: 'delete', key: CURSOR }, [{}, {}, {}]);
		const { rows, error } = await run(schedule('delete'), three(CRON_TRIGGERS.sixHourly));

		expect(entry.error).toBeUndefined();
		expect(entry.rows.map(({ value_before }) => value_before)).toEqual([before, before, before]);
		expect(error).toBeUndefined();
		expect(rows).toHaveLength(3);
		expect(changes()).toEqual([
			`DELETE /sync-job-run-state/${CURSOR} 200`,
			`DELETE /sync-job-cron-trigger/${CRON_TRIGGERS.sixHourly} 200`,
		]);
	});

	it('change a schedule in their order, each change with its activation, and activate it once', async () => {
		const id = CRON_TRIGGERS.sixHourly;
		truto().faults.forPath('PATCH /sync-job-cron-trigger', { kind: 'delayHeaders', ms: 200 }, 1);

		const { error } = await run(
			{ ...schedule('update'), updateFields: { cronExpression: '={{ $json.cron }}' } },
			[
				{ id, cron: '0 1 * * *' },
				{ id, cron: '0 2 * * *' },
				{ id, cron: '0 2 * * *' },
			],
		);
		const updates = changes();
		truto().clearRequests();
		const activated = await run(schedule('activate'), three(id));

		expect(error).toBeUndefined();
		const one = `/sync-job-cron-trigger/${id}`;
		expect(updates).toEqual([
			`PATCH ${one} 200`,
			`POST ${one}/schedule 200`,
			`PATCH ${one} 200`,
			`POST ${one}/schedule 200`,
		]);
		expect(truto().store.cronTriggers.get(id)).toMatchObject({
			cron_expression: '0 2 * * *',
			is_scheduled: true,
		});
		expect(activated.rows).toHaveLength(3);
		expect(changes()).toEqual([`POST ${one}/schedule 200`]);
	});

	it('gives each item an output of its own', async () => {
		const { outputs } = await run(REFRESH, three(ACCOUNTS.hubspot));

		const [first, second] = outputs[0] ?? [];
		expect(first?.json).not.toBe(second?.json);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	it('change different things at the same time', async () => {
		truto().faults.forPath('POST /integrated-account', { kind: 'delayHeaders', ms: 1_500 });

		await run(
			REFRESH,
			[ACCOUNTS.hubspot, ACCOUNTS.jira, ACCOUNTS.bamboohr, ACCOUNTS.hubspot].map((id) => ({ id })),
		);

		expect(truto().requestCounts().maxConcurrent).toBe(3);
		expect(changes()).toHaveLength(3);
	});

	it('an error says what was done for others, also if that took longer than the error', async () => {
		truto().faults.forPath('POST /sync-job-cron-trigger', { kind: 'delayHeaders', ms: 300 });

		const { error } = await run(schedule('activate'), [
			{ id: CRON_TRIGGERS.sixHourly },
			{ id: UNKNOWN_ID },
			{ id: 'not an id' },
		]);

		expect(error?.message).toContain('[item 1]');
		expect(error?.description).toContain(
			`This schedule was activated: ${CRON_TRIGGERS.sixHourly} (item 0).`,
		);
	});

	it('do nothing more with a thing after an error that fails the node, but go on if asked to', async () => {
		const values = { ...SET, key: CURSOR, value: '={{ $json.value }}' };
		const items = [{ value: 'a' }, { value: 'b' }];
		const before = cursor();
		truto().faults.forPath('POST /sync-job-run-state', FAULTS.unprocessable, 1);
		const failed = await run(values, items);
		const kept = cursor();
		truto().faults.forPath('POST /sync-job-run-state', FAULTS.unprocessable, 1);
		const { rows } = await run(values, items, { onError: 'continueRegularOutput' });

		expect(failed.error?.message).toMatch(/\(422\).*\[item 0\]/);
		expect(kept).toBe(before);
		expect(rows).toMatchObject([{ error: expect.stringContaining('422') }, { value: 'b' }]);
		expect(cursor()).toBe('b');
	});
});
