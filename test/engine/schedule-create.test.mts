import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, FAULTS, SYNC_JOBS, tooManyRequests } from '../simulator/index.mts';
import { byId, type TrutoTest } from './harness.mts';
import { ACTIVATE, useSchedules } from './use-schedules.mts';

const { truto, run, requests, bodies } = useSchedules();

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
		const [first = '', second = '', ...changes] = requests();
		// They are sent side by side.
		expect([first, second].sort()).toEqual([
			`GET /integrated-account/${ACCOUNTS.bamboohr}`,
			`GET /sync-job/${SYNC_JOBS.hris}`,
		]);
		expect(changes).toEqual(['POST /sync-job-cron-trigger', expect.stringMatching(ACTIVATE)]);
		expect(created()).toMatchObject([{ id: rows[0]?.id, is_scheduled: true }]);
	});

	it('leaves it inactive if asked, and says so', async () => {
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

	it('sends days and months as numbers, which every program reads', async () => {
		const { error } = await create({ cronExpression: '0 6 * JAN-MAR MON-FRI' });

		expect(error).toBeUndefined();
		expect(bodies()).toMatchObject([{ cron_expression: '0 6 * 1-3 1-5' }]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['four fields', { cronExpression: '0 6 * *' }, /does not have five fields: 0 6 \* \*/],
		['an hour that is none', { cronExpression: '0 25 * * *' }, /hour of the cron expression .* 25/],
		['30 February', { cronExpression: '0 0 30 2 *' }, /never matches a date/],
		[
			'no expression',
			{ cronExpression: '={{ undefined }}' },
			/^'Cron Expression \(UTC\)' is empty/,
		],
		['missing arguments', { syncJobId: byId(SYNC_JOBS.crm) }, /needs the argument 'since'/],
		['no account', { integratedAccountId: byId('') }, /^No integrated account selected/],
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

	it('says how to write meta', async () => {
		const { error } = await create({ additionalFields: { meta: '[1]' } });

		expect(error?.description).toBe('Write it like { "name": "value" }.');
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
		expect(truto().requests.map(({ status }) => status)).toEqual([200, 200, 429, 201, 200]);
	});

	it('says that it was created if it may not be active', async () => {
		truto().faults.forPath(ACTIVATE, FAULTS.serverError, 1);

		const { error } = await create();

		const id = String(created()[0]?.id);
		expect(error?.message).toMatch(
			new RegExp(`^Schedule ${id} was created, but may not be active: Truto failed \\(500\\)`),
		);
		expect(error?.description).toContain(
			"Truto may have done it anyway: look in Truto before you do it again. Truto said: A simulated fault. If it is not active, activate it with the operation 'Activate'.",
		);
		expect(error?.description).toContain(`This schedule was created: ${id} (item 0).`);
	});

	it('names all schedules that may not be active', async () => {
		truto().faults.forPath(ACTIVATE, FAULTS.forbidden);

		const { error } = await create({}, { items: [{}, {}, {}] });

		const [first, second, third] = created().map(({ id }) => id);
		expect(error?.message).toMatch(/was created, but could not be activated/);
		expect(error?.description).toContain(
			`These schedules were created: ${first} (item 0), ${second} (item 1) and ${third} (item 2). 'Retry On Fail' does not repeat this, but a new execution does. These schedules may not be active: ${second} (item 1) and ${third} (item 2).`,
		);
	});

	it('is not created a second time if n8n tries the node again', async () => {
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
