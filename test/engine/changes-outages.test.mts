import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	CRON_TRIGGERS,
	FAULTS,
	remoteErrorBody,
	RUNS,
	tooManyRequests,
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

describe('an outage in the middle', () => {
	const options = { maxRetries: 0 };
	const LOST = { kind: 'status', status: 504 } as const;

	/** From the second time on that the node reads it, the entry has the value of somebody else. */
	const changedByOthers = () => {
		truto().faults.forPath('GET /sync-job-run-state', { kind: 'delayHeaders', ms: 1 }, 1);
		truto().faults.forPath('GET /sync-job-run-state', {
			kind: 'status',
			status: 200,
			body: { key: CURSOR, value: 'of a sync' },
		});
	};

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

	it.each<[string, INodeParameters, string?]>([
		['run that has ended', { ...STOP, deleteEndedRuns: true }, RUNS.completed],
		['schedule', schedule('delete'), CRON_TRIGGERS.sixHourly],
		['state entry', { ...SET, operation: 'delete', key: CURSOR }],
	])('deletes a %s again if the first try did not get through', async (_, parameters, id = '') => {
		truto().faults.forPath(/^DELETE /, LOST, 1);
		const { runs, cronTriggers, runStates } = truto().store;
		const things = () => runs.size + cronTriggers.size + runStates.size;
		const before = things();

		const { rows, error } = await run({ ...parameters, options }, [{ id }], RETRIED);

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ deleted: true }]);
		expect(changes().map((change) => change.split(' ').at(-1))).toEqual(['504', '200']);
		expect(things()).toBe(before - 1);
	});

	it('deletes no state entry again that has got a new value since', async () => {
		truto().faults.forPath('DELETE /sync-job-run-state', LOST, 1);
		changedByOthers();

		const { error } = await run(
			{ ...SET, operation: 'delete', key: CURSOR, options },
			[{}],
			RETRIED,
		);

		expect(error?.message).toMatch(/may have been deleted, and has a new value now/);
		expect(changes()).toHaveLength(1);
	});

	it('looks for a new value also before it sends the request again by itself', async () => {
		truto().faults.forPath('DELETE /sync-job-run-state', LOST, 1);
		changedByOthers();

		const { error } = await run({ ...SET, operation: 'delete', key: CURSOR }, [{}]);

		expect(error?.message).toBe(
			`State entry ${CURSOR} of state ${ACCOUNTS.jira} may have been deleted, and has a new value now [item 0]`,
		);
		expect(error?.description).toBe(
			'A sync may have written the new value after the deletion, so the node left it alone. Look at the entry before you delete it.',
		);
		expect(changes()).toHaveLength(1);
	});

	it('gives the value that was there when Truto accepted the deletion', async () => {
		truto().faults.forPath('DELETE /sync-job-run-state', tooManyRequests(1), 1);
		changedByOthers();

		const { rows } = await run({ ...SET, operation: 'delete', key: CURSOR }, [{}]);

		expect(rows).toMatchObject([{ deleted: true, value_before: 'of a sync' }]);
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
		const values = { ...SET, key: CURSOR, value: 'a', options };
		truto().faults.forPath('POST /sync-job-run-state', LOST, 1);
		const again = await run(values, [{}], RETRIED);
		truto().clearRequests();
		truto().faults.forPath('POST /sync-job-run-state', LOST, 1);
		changedByOthers();
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

	it('names the other schedules that it has left changed without being active', async () => {
		truto().faults.forPath(/schedule$/, FAULTS.conflict);
		const { sixHourly, nightly } = CRON_TRIGGERS;
		const updateFields = { cronExpression: '0 3 * * *' };

		const { error } = await run({ ...schedule('update'), updateFields }, [
			{ id: sixHourly },
			{ id: nightly },
		]);

		expect(error?.message).toMatch(`Schedule ${sixHourly} was changed, but could not be activated`);
		expect(error?.description).toContain(
			`This schedule was changed, but may not be active: ${nightly} (item 1).`,
		);
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
