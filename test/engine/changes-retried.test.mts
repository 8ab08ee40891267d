import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, CRON_TRIGGERS, RUNS, UNKNOWN_ID } from '../simulator/index.mts';
import { CURSOR, REFRESH, RETRIED, schedule, SET, STOP, useChanges } from './use-changes.mts';

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
		[
			'This schedule was changed',
			{ ...schedule('update'), updateFields: { meta: { a: 1 } } },
			CRON_TRIGGERS.sixHourly,
		],
	])('says what was done if it fails for good: %s', async (what, parameters, id) => {
		const { error } = await run(parameters, [{ id }, { id: UNKNOWN_ID }], RETRIED);

		expect(error?.message).toMatch(/ was not found in Truto .*\[item 1\]/);
		expect(error?.description).toContain(
			`${what}: ${id} (item 0). 'Retry On Fail' does not repeat this, but a new execution does.`,
		);
	});
});
