import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	CRON_TRIGGERS,
	FAULTS,
	remoteErrorBody,
	RUNS,
	UNKNOWN_ID,
} from '../simulator/index.mts';
import {
	CURSOR,
	REFRESH,
	RETRIED,
	schedule,
	SET,
	STOP,
	three,
	useChanges,
} from './use-changes.mts';

const { truto, run, changes, cursor } = useChanges();

describe('Retry On Fail', () => {
	const CONFLICT = { kind: 'status', status: 409 } as const;

	it('stops no run twice, and deletes none that it has stopped', async () => {
		truto().speak({ deletedRun: 'stopped' });
		truto().faults.forPath(`DELETE /sync-job-run/${RUNS.created}`, CONFLICT, 1);

		const { rows, error } = await run(
			{ ...STOP, deleteEndedRuns: true },
			[{ id: RUNS.running }, { id: RUNS.created }],
			RETRIED,
		);

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([
			{ sync_job_run_id: RUNS.running, stopped: true, status_before: 'running' },
			{ sync_job_run_id: RUNS.created, stopped: true, status_before: 'created' },
		]);
		expect(truto().store.runs.get(RUNS.running)?.status).toBe('stopped');
		expect(changes()).toEqual([
			`DELETE /sync-job-run/${RUNS.running} 200`,
			`DELETE /sync-job-run/${RUNS.created} 409`,
			`DELETE /sync-job-run/${RUNS.created} 200`,
		]);
	});

	it('keeps what was there before', async () => {
		const before = cursor();
		truto().faults.forPath('DELETE /sync-job-run-state/comments_cursor', CONFLICT, 1);

		const { rows, error } = await run(
			{ ...SET, operation: 'delete', key: '={{ $json.key }}' },
			[{ key: CURSOR }, { key: 'comments_cursor' }],
			RETRIED,
		);

		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ key: CURSOR, value_before: before });
		expect(changes()).toHaveLength(3);
	});

	it('sets no value again, even if its expression gives another one now', async () => {
		const before = cursor();
		truto().faults.forPath('POST /sync-job-run-state', { kind: 'delayHeaders', ms: 1 }, 1);
		truto().faults.forPath('POST /sync-job-run-state', CONFLICT, 1);

		const { rows } = await run(
			{ ...SET, key: '={{ $json.key }}', value: '={{ $now.toMillis() + "" }}' },
			[{ key: CURSOR }, { key: 'other' }],
			RETRIED,
		);

		expect(rows).toMatchObject([{ value_before: before, value: cursor() }, { key: 'other' }]);
		expect(changes()).toHaveLength(3);
	});

	it('keeps the order of two values for one key', async () => {
		truto().faults.forPath('POST /sync-job-run-state', CONFLICT, 1);

		const { rows, error } = await run(
			{ ...SET, key: CURSOR, value: '={{ $json.value }}' },
			[{ value: 'a' }, { value: 'b' }],
			RETRIED,
		);

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ value: 'a' }, { value: 'b', value_before: 'a' }]);
		expect(cursor()).toBe('b');
	});

	it('lets a later value stay if the node goes on after errors', async () => {
		truto().faults.forPath('POST /sync-job-run-state', CONFLICT, 1);

		const { rows } = await run(
			{ ...SET, key: CURSOR, value: '={{ $json.value }}' },
			[{ value: 'a' }, { value: 'b' }],
			{ ...RETRIED, onError: 'continueRegularOutput' },
		);

		expect(rows).toMatchObject([{ error: expect.stringContaining('409') }, { value: 'b' }]);
		expect(cursor()).toBe('b');
		expect(changes()).toHaveLength(2);
	});

	it('activates what was changed without changing it again', async () => {
		const id = CRON_TRIGGERS.sixHourly;
		truto().faults.forPath(`POST /sync-job-cron-trigger/${id}/schedule`, CONFLICT, 1);

		const { rows, error } = await run(
			{ ...schedule('update'), updateFields: { cronExpression: '0 3 * * *' } },
			[{ id }],
			RETRIED,
		);

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ activated: true, cron_expression: '0 3 * * *' }]);
		expect(changes().map((change) => change.split(' ').at(0))).toEqual(['PATCH', 'POST', 'POST']);
	});

	it('refreshes no credentials again that were refreshed', async () => {
		truto().faults.forPath('POST /integrated-account', { kind: 'delayHeaders', ms: 1 }, 1);
		truto().faults.forPath('POST /integrated-account', CONFLICT, 1);

		const { rows } = await run(REFRESH, [{ id: ACCOUNTS.hubspot }, { id: ACCOUNTS.jira }], RETRIED);

		expect(rows).toHaveLength(2);
		expect(changes().map((change) => change.split(' ').at(-1))).toEqual(['200', '409', '200']);
	});

	it.each<[string, INodeParameters, string]>([
		['This schedule was deleted', schedule('delete'), CRON_TRIGGERS.sixHourly],
		['This schedule was activated', schedule('activate'), CRON_TRIGGERS.sixHourly],
		['This integrated account was refreshed', REFRESH, ACCOUNTS.hubspot],
	])('says what was done if it fails for good: %s', async (what, parameters, id) => {
		const { error } = await run(parameters, [{ id }, { id: UNKNOWN_ID }], RETRIED);

		expect(error?.message).toMatch(/ was not found in Truto .*\[item 1\]/);
		expect(error?.description).toContain(
			`${what}: ${id} (item 0). 'Retry On Fail' does not repeat this, but a new execution does.`,
		);
	});
});

describe('an outage in the middle', () => {
	const options = { maxRetries: 0 };

	it.each([
		['stop', RUNS.running, true, 'running'],
		['deletion', RUNS.completed, false, 'completed'],
	])('denies no %s that got through', async (_, id, stopped, status_before) => {
		truto().faults.forPath(`DELETE /sync-job-run/${id}`, FAULTS.resetInBody, 1);

		const { rows, error } = await run(
			{ ...STOP, deleteEndedRuns: true, options },
			[{ id }],
			RETRIED,
		);

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ deleted: true, stopped, status_before }]);
		expect(changes()).toHaveLength(1);
	});

	it('deletes an ended run again if the first try did not get through', async () => {
		truto().faults.forPath('DELETE /sync-job-run', { kind: 'status', status: 504 }, 1);

		const { error } = await run(
			{ ...STOP, deleteEndedRuns: true, options },
			[{ id: RUNS.completed }],
			RETRIED,
		);

		expect(error).toBeUndefined();
		expect(changes().map((change) => change.split(' ').at(-1))).toEqual(['504', '200']);
	});

	it.each(['delete', 'set'])('settles a state %s by looking', async (operation) => {
		const before = cursor();
		truto().faults.forPath(/^(DELETE|POST) \/sync-job-run-state/, FAULTS.resetInBody, 1);

		const { rows, error } = await run(
			{ ...SET, operation, key: CURSOR, value: 'a', options },
			[{}],
			RETRIED,
		);

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ value_before: before }]);
		expect(changes()).toHaveLength(1);
	});

	it('sets a value again that did not get through, unless somebody else has changed it', async () => {
		const lost = { kind: 'status', status: 504 } as const;
		const values = { ...SET, key: CURSOR, value: 'a', options };
		truto().faults.forPath('POST /sync-job-run-state', lost, 1);
		const again = await run(values, [{}], RETRIED);
		truto().clearRequests();
		truto().faults.forPath('POST /sync-job-run-state', lost, 1);
		truto().faults.forPath('GET /sync-job-run-state', { kind: 'delayHeaders', ms: 1 }, 1);
		truto().faults.forPath('GET /sync-job-run-state', {
			kind: 'status',
			status: 200,
			body: { key: CURSOR, value: 'of a sync' },
		});
		const other = await run({ ...values, value: 'b' }, [{}], RETRIED);

		expect(again.rows).toMatchObject([{ value: 'a' }]);
		expect(other.error?.description).toMatch(/^Truto may have done it anyway/);
		expect(changes()).toHaveLength(1);
		expect(cursor()).toBe('a');
	});

	it('deletes no schedule twice, and says so if the outage goes on', async () => {
		const path = `DELETE /sync-job-cron-trigger/${CRON_TRIGGERS.sixHourly}`;
		truto().faults.forPath(path, FAULTS.resetInBody, 1);
		const parameters = { ...schedule('delete'), options };

		const { rows, error } = await run(parameters, [{ id: CRON_TRIGGERS.sixHourly }], RETRIED);
		truto().faults.forPath('DELETE /sync-job-cron-trigger', FAULTS.gatewayTimeout);
		const failed = await run(parameters, [{ id: CRON_TRIGGERS.nightly }]);

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ deleted: true }]);
		expect(failed.error?.description).toMatch(/^Truto may have done it anyway/);
	});

	it.each<[string, INodeParameters, string]>([
		['PATCH', { ...schedule('update'), updateFields: { meta: { a: 1 } } }, CRON_TRIGGERS.sixHourly],
		['POST', REFRESH, ACCOUNTS.hubspot],
	])('never repeats a %s that may have got through', async (method, parameters, id) => {
		truto().faults.forPath(new RegExp(`^${method} `), FAULTS.gatewayTimeout, 1);

		const { error } = await run(parameters, three(id), RETRIED);

		expect(error?.description).toMatch(/^Truto may have done it anyway/);
		expect(changes()).toHaveLength(1);
	});

	it('activates a schedule again, which does no harm', async () => {
		truto().faults.forPath(/schedule$/, FAULTS.gatewayTimeout, 1);

		const { rows } = await run(schedule('activate'), three(CRON_TRIGGERS.sixHourly), RETRIED);

		expect(rows).toHaveLength(3);
		expect(changes().map((change) => change.split(' ').at(-1))).toEqual(['504', '200']);
	});

	it('does not take an error of the integrated app for a change', async () => {
		truto().faults.forPath('POST /integrated-account', {
			kind: 'status',
			status: 400,
			body: remoteErrorBody(400, { error: 'invalid_grant' }),
		});

		const { error } = await run(REFRESH, [{ id: ACCOUNTS.hubspot }], RETRIED);

		expect(error?.message).toContain('could not be refreshed');
		expect(changes()).toHaveLength(3);
	});
});
