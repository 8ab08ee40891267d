import { describe, expect, it } from '@jest/globals';

import {
	ACCOUNTS,
	CRON_TRIGGERS,
	FAULTS,
	SYNC_JOBS,
	tooManyRequests,
	UNKNOWN_ID,
	UNLIKELY_DIALECT,
} from '../simulator/index.mts';
import { byId } from './harness.mts';
import { ACTIVATE, of, ONE, useSchedules } from './use-schedules.mts';

const { truto, run, requests } = useSchedules();

describe('Get Schedule', () => {
	it('says when it runs, before what Truto sent', async () => {
		const { rows, error } = await run(of(CRON_TRIGGERS.sixHourly, 'get'));

		expect(error).toBeUndefined();
		expect(rows).toEqual([
			expect.objectContaining({
				runs: 'every 6 hours',
				cron_error: null,
				id: CRON_TRIGGERS.sixHourly,
				cron_expression: '0 */6 * * *',
			}),
		]);
		const [{ next_runs: next = [], next_runs_local: local = [] } = {}] = rows as {
			next_runs?: string[];
			next_runs_local?: string[];
		}[];
		expect(next).toHaveLength(3);
		expect(next.every((time) => /T(00|06|12|18):00:00\.000Z$/.test(time))).toBe(true);
		expect(local.every((time) => /T\d\d:00:00[+-]\d\d:\d\d$/.test(time))).toBe(true);
		expect(local.map((time) => Date.parse(time))).toEqual(next.map((time) => Date.parse(time)));
		expect(requests()).toEqual([`GET ${ONE}`]);
	});

	it('simplifies; as a tool it takes a plain id, simplifies and looks up names', async () => {
		const simplified = await run(of(CRON_TRIGGERS.nightly, 'get', { simplify: true }));
		const tool = await run(
			{ operation: 'get', scheduleId: CRON_TRIGGERS.nightly },
			{ isTool: true },
		);

		expect(simplified.rows).toEqual([
			{
				sync_job_cron_trigger_id: CRON_TRIGGERS.nightly,
				sync_job_id: SYNC_JOBS.v4Ticketing,
				integrated_account_id: ACCOUNTS.jira,
				cron_expression: '30 2 * * *',
				runs: 'every day at 02:30 UTC',
				next_run_at: expect.stringMatching(/T02:30:00\.000Z$/),
				next_run_at_local: expect.any(String),
				tenant_id: null,
				sync_job_label: null,
				integration_name: null,
				cron_error: null,
				created_at: expect.any(String),
				updated_at: expect.any(String),
			},
		]);
		expect(tool.rows).toEqual([
			{ ...simplified.rows[0], tenant_id: 'wingtip-toys', integration_name: 'jira' },
		]);
	});

	it('comes through with an expression that cannot be read', async () => {
		truto().store.addCronTrigger({ id: 'odd', cron_expression: '@daily' });

		const { rows, error } = await run(of('odd', 'get'));

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([
			{ id: 'odd', runs: null, next_runs: [], cron_error: expect.stringMatching(/five fields/) },
		]);
	});

	it.each(['get', 'activate', 'delete'])('%s says which is not known', async (operation) => {
		const { error } = await run(of(UNKNOWN_ID, operation));

		expect(error?.message).toBe(`Schedule ${UNKNOWN_ID} was not found in Truto (404) [item 0]`);
	});
});

describe('Activate and Delete', () => {
	it('activates', async () => {
		const { rows } = await run(of(CRON_TRIGGERS.unscheduled, 'activate'));

		expect(rows).toMatchObject([{ activated: true, runs: 'every Monday at 06:00 UTC' }]);
		expect(truto().store.cronTriggers.get(CRON_TRIGGERS.unscheduled)?.is_scheduled).toBe(true);
	});

	it('believes an answer that it was not activated, and needs no more than one that it was', async () => {
		truto().faults.forPath(ACTIVATE, { kind: 'status', status: 200, body: { success: true } }, 1);
		const done = await run(of(CRON_TRIGGERS.unscheduled, 'activate'));
		truto().faults.forPath(ACTIVATE, { kind: 'status', status: 200, body: { success: false } }, 1);
		const refused = await run(of(CRON_TRIGGERS.unscheduled, 'activate'));

		expect(done.rows).toMatchObject([{ activated: true }]);
		expect(refused.error?.message).toMatch(/^Truto reported that this did not work: schedule/);
	});

	it('says that it does not know a schedule, also if it first asked for a pause', async () => {
		truto().faults.forPath(`DELETE /sync-job-cron-trigger/${UNKNOWN_ID}`, tooManyRequests(1), 1);

		const { error } = await run(of(UNKNOWN_ID, 'delete'));

		expect(error?.message).toBe(`Schedule ${UNKNOWN_ID} was not found in Truto (404) [item 0]`);
	});

	it('deletes, even if the first answer was lost', async () => {
		truto().faults.forPath(`DELETE ${ONE}`, FAULTS.resetInBody, 1);

		const { rows, error } = await run(of(CRON_TRIGGERS.sixHourly, 'delete'));

		expect(error).toBeUndefined();
		expect(rows).toEqual([{ deleted: true, sync_job_cron_trigger_id: CRON_TRIGGERS.sixHourly }]);
		expect(requests()).toEqual([`DELETE ${ONE}`, `DELETE ${ONE}`]);
		expect(truto().store.cronTriggers.has(CRON_TRIGGERS.sixHourly)).toBe(false);
	});
});

describe('when Truto speaks every unlikely form', () => {
	it('all of it works', async () => {
		truto().speak(UNLIKELY_DIALECT);

		const made = await run({
			operation: 'create',
			syncJobId: byId(SYNC_JOBS.hris),
			integratedAccountId: byId(ACCOUNTS.bamboohr),
			cronExpression: '0 */12 * * *',
		});
		const id = String(made.rows[0]?.id);
		const changed = await run(of(id, 'update', { updateFields: { cronExpression: '0 3 * * *' } }));
		const deleted = await run(of(id, 'delete'));

		expect(changed.rows).toMatchObject([{ activated: true, runs: 'every day at 03:00 UTC' }]);
		expect(deleted.rows).toMatchObject([{ deleted: true }]);
	});
});
