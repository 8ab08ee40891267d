import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	CRON_TRIGGERS,
	FAULTS,
	SYNC_JOBS,
	tooManyRequests,
	UNKNOWN_ID,
	UNLIKELY_DIALECT,
} from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const run = async (parameters: INodeParameters, test: Partial<TrutoTest> = {}) =>
	await runTruto({
		simulator: truto(),
		parameters: { resource: 'schedule', ...parameters },
		...test,
	});

const of = (id: string, operation: string, parameters: INodeParameters = {}) => ({
	operation,
	scheduleId: byId(id),
	...parameters,
});

const requests = () => truto().requests.map(({ method, path }) => `${method} ${path}`);

const bodies = () => truto().requests.flatMap(({ body }) => (body === undefined ? [] : [body]));

const ONE = `/sync-job-cron-trigger/${CRON_TRIGGERS.sixHourly}`;

const ACTIVATE = /^POST \/sync-job-cron-trigger\/[^/]+\/schedule$/;

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

	it('simplifies; as a tool it takes a plain id and simplifies by itself', async () => {
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
				cron_error: null,
				created_at: expect.any(String),
				updated_at: expect.any(String),
			},
		]);
		expect(tool.rows).toEqual(simplified.rows);
	});

	it('comes through with an expression that can not be read', async () => {
		truto().store.addCronTrigger({ id: 'odd', cron_expression: '@daily' });

		const { rows, error } = await run(of('odd', 'get'));

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([
			{ id: 'odd', runs: null, next_runs: [], cron_error: expect.stringMatching(/five fields/) },
		]);
	});

	it.each(['get', 'activate', 'delete'])('%s says which is not known', async (operation) => {
		const { error } = await run(of(UNKNOWN_ID, operation));

		expect(error?.message).toBe(`Truto does not know this schedule ${UNKNOWN_ID} (404) [item 0]`);
	});
});

describe('Create', () => {
	const create = async (parameters: INodeParameters = {}, test: Partial<TrutoTest> = {}) =>
		await run(
			{
				operation: 'create',
				syncJobId: byId(SYNC_JOBS.hris),
				integratedAccountId: byId(ACCOUNTS.bamboohr),
				cronExpression: '0 */12 * * *',
				...parameters,
			},
			test,
		);

	const created = () =>
		[...truto().store.cronTriggers.values()].filter(
			({ cron_expression }) => cron_expression === '0 */12 * * *',
		);

	it('creates and activates', async () => {
		const { rows, error } = await create();

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([
			{ activated: true, runs: 'every 12 hours', sync_job_id: SYNC_JOBS.hris },
		]);
		expect(bodies()).toEqual([
			{
				sync_job_id: SYNC_JOBS.hris,
				integrated_account_id: ACCOUNTS.bamboohr,
				cron_expression: '0 */12 * * *',
				args: {},
			},
		]);
		expect(requests()).toEqual([
			`GET /sync-job/${SYNC_JOBS.hris}`,
			'POST /sync-job-cron-trigger',
			expect.stringMatching(ACTIVATE),
		]);
		expect(created()).toMatchObject([{ id: rows[0]?.id, is_scheduled: true }]);
	});

	it('leaves it inactive where asked, and says so', async () => {
		const { rows } = await create({ activate: false });

		expect(rows).toMatchObject([{ activated: false }]);
		expect(created()).toMatchObject([{ is_scheduled: false }]);
	});

	it('sends every field, and the account as the argument for it', async () => {
		const { error } = await create({
			syncJobId: byId(SYNC_JOBS.v4Crm),
			integratedAccountId: byId(ACCOUNTS.pipedrive),
			argsFields: {
				mappingMode: 'defineBelow',
				value: { start_date: '2025-10-01T00:00:00', webhook_id: 'w', batch_size: '50' },
			},
			additionalFields: {
				errorHandling: 'ignore',
				eventsToSend: ['sync_job_run:completed'],
				meta: '{ "owner": "data" }',
				superQuery: 'apac',
				webhookId: byId('hook'),
			},
		});

		expect(error).toBeUndefined();
		expect(bodies()).toEqual([
			{
				sync_job_id: SYNC_JOBS.v4Crm,
				integrated_account_id: ACCOUNTS.pipedrive,
				cron_expression: '0 */12 * * *',
				args: {
					integrated_account_id: ACCOUNTS.pipedrive,
					start_date: '2025-10-01',
					webhook_id: 'w',
					batch_size: 50,
				},
				error_handling: 'ignore',
				events_to_send: ['sync_job_run:completed'],
				meta: { owner: 'data' },
				super_query: 'apac',
				webhook_id: 'hook',
			},
		]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['four fields', { cronExpression: '0 6 * *' }, /does not have five fields: 0 6 \* \*/],
		['an hour that is none', { cronExpression: '0 25 * * *' }, /hour of the cron expression .* 25/],
		['30 February', { cronExpression: '0 0 30 2 *' }, /never comes true/],
		['no expression', { cronExpression: '={{ undefined }}' }, /^'Cron Expression' is empty/],
		['missing arguments', { syncJobId: byId(SYNC_JOBS.crm) }, /that are not given: since/],
		['no account', { integratedAccountId: byId('') }, /^No integrated account is given/],
		[
			'meta that is a list',
			{ additionalFields: { meta: '[1]' } },
			/^'Meta \(JSON\)' is not a JSON/,
		],
		[
			'two destinations',
			{ additionalFields: { daemonGroupKey: 'd', webhookId: byId('w') } },
			/has one destination/,
		],
	])('is refused before anything is created: %s', async (_, parameters, message) => {
		const { error } = await create(parameters);

		expect(error?.message).toMatch(message);
		expect(requests().filter((request) => request.startsWith('POST'))).toEqual([]);
	});

	it.each(['serverError', 'gatewayTimeout', 'resetBeforeAnswer', 'emptyBody'] as const)(
		'is never sent twice: after %s it may have been created',
		async (fault) => {
			truto().faults.forPath('POST /sync-job-cron-trigger', FAULTS[fault], 1);

			const { error } = await create();

			expect(error?.message).toBe(
				`A schedule of sync job ${SYNC_JOBS.hris} may have been created, but Truto did not confirm it [item 0]`,
			);
			expect(error?.description).toMatch(/^Before you create it again, look at the schedules/);
			expect(requests().filter((request) => request.startsWith('POST'))).toHaveLength(1);
		},
	);

	it('is sent again after a 429, which has surely created nothing', async () => {
		truto().faults.forPath('POST /sync-job-cron-trigger', tooManyRequests(1), 1);

		const { rows } = await create();

		expect(rows).toHaveLength(1);
		expect(created()).toHaveLength(1);
	});

	it('says that it was created where it could not be activated', async () => {
		truto().faults.forPath(ACTIVATE, FAULTS.serverError, 1);

		const { error } = await create();

		const id = String(created()[0]?.id);
		expect(error?.message).toMatch(
			new RegExp(`^Schedule ${id} was created, but could not be activated: Truto failed \\(500\\)`),
		);
		expect(error?.description).toContain("Activate it with the operation 'Activate'.");
		expect(error?.description).toContain(`These schedules were created: ${id} (item 0).`);
	});

	it('is not created a second time where n8n tries the node again', async () => {
		truto().faults.forPath(ACTIVATE, FAULTS.serverError, 1);

		const { rows, error } = await create(
			{},
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
		);

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ activated: true }]);
		expect(created()).toMatchObject([{ id: rows[0]?.id, is_scheduled: true }]);
	});

	it('needs no right to read sync jobs', async () => {
		truto().faults.forPath(`GET /sync-job/${SYNC_JOBS.hris}`, FAULTS.forbidden);

		const { rows } = await create();

		expect(rows).toMatchObject([{ activated: true }]);
	});
});

describe('Update', () => {
	const update = async (fields: IDataObject, id: string = CRON_TRIGGERS.sixHourly) =>
		await run(of(id, 'update', { updateFields: fields as INodeParameters }));

	it('activates again after a change of the expression, and says so', async () => {
		const { rows, error } = await update({ cronExpression: '0 6 * * 1-5' });

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([
			{
				activated: true,
				runs: 'every weekday at 06:00 UTC',
				id: CRON_TRIGGERS.sixHourly,
				sync_job_id: SYNC_JOBS.v4Crm,
			},
		]);
		expect(requests()).toEqual([`PATCH ${ONE}`, `POST ${ONE}/schedule`]);
		expect(bodies()).toEqual([{ cron_expression: '0 6 * * 1-5' }]);
		expect(truto().store.cronTriggers.get(CRON_TRIGGERS.sixHourly)).toMatchObject({
			cron_expression: '0 6 * * 1-5',
			is_scheduled: true,
		});
	});

	it('leaves the activation alone where the expression stays', async () => {
		const { rows } = await update({ errorHandling: 'fail_fast', meta: { owner: 'ops' } });

		expect(rows).toMatchObject([{ activated: false, error_handling: 'fail_fast' }]);
		expect(requests()).toEqual([`PATCH ${ONE}`]);
		expect(bodies()).toEqual([{ error_handling: 'fail_fast', meta: { owner: 'ops' } }]);
	});

	it('says what was done where it could not be activated', async () => {
		truto().faults.forPath(ACTIVATE, FAULTS.forbidden, 1);

		const { error } = await update({ cronExpression: '0 6 * * *' });

		expect(error?.message).toMatch(
			/^Schedule \S+ was changed, but could not be activated: The API token may not do this \(403\)/,
		);
		expect(truto().store.cronTriggers.get(CRON_TRIGGERS.sixHourly)?.cron_expression).toBe(
			'0 6 * * *',
		);
	});

	it.each<[string, IDataObject, RegExp]>([
		['nothing', {}, /^There is nothing to update/],
		['no expression', { cronExpression: 'daily' }, /does not have five fields: daily/],
		['an empty expression', { cronExpression: '' }, /^'Cron Expression' is empty/],
	])('is refused before anything is changed: %s', async (_, fields, message) => {
		const { error } = await update(fields);

		expect(error?.message).toMatch(message);
		expect(requests()).toEqual([]);
	});

	it('is not sent again: Truto may have changed it', async () => {
		truto().faults.forPath(`PATCH ${ONE}`, FAULTS.gatewayTimeout);

		const { error } = await update({ cronExpression: '0 6 * * *' });

		expect(error?.description).toMatch(/^Truto may have done it all the same/);
		expect(requests()).toHaveLength(1);
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
		expect(refused.error?.message).toMatch(/^Truto did not activate schedule/);
	});

	it('deletes, also where the first answer was lost', async () => {
		truto().faults.forPath(`DELETE ${ONE}`, FAULTS.resetInBody, 1);

		const { rows, error } = await run(of(CRON_TRIGGERS.sixHourly, 'delete'));

		expect(error).toBeUndefined();
		expect(rows).toEqual([{ deleted: true, sync_job_cron_trigger_id: CRON_TRIGGERS.sixHourly }]);
		expect(truto().store.cronTriggers.has(CRON_TRIGGERS.sixHourly)).toBe(false);
	});
});

describe('where Truto speaks every unlikely form', () => {
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
