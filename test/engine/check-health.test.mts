import { beforeEach, describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { FAULTS, UNLIKELY_DIALECT } from '../simulator/index.mts';
import { customerAccount, HEALTH_JOBS } from '../simulator/seed-health.mts';
import { byId } from './harness.mts';
import { useHealth } from './use-health.mts';

const { truto, check } = useHealth();

let now = 0;

beforeEach(() => {
	now = Date.now();
});

/** `4 h` if a time is four hours before the test began. */
const hoursAgo = (time: unknown) =>
	typeof time === 'string' ? `${Math.round((now - Date.parse(time)) / 3_600_000)} h` : time;

/** A row in short: customer, health, since, who acts. */
const inShort = ({ tenant_id, health, since, who_acts }: IDataObject) =>
	[tenant_id, health, hoursAgo(since), who_acts].map(String).join(' ');

/** The late sync missed the second full hour after its last run. */
const lateSince = expect.stringMatching(/^customer-002 late 1[89] h job_owner$/);

const BROKEN = [
	'customer-005 reconnect 1 h end_user',
	'customer-003 stuck 2 h truto_support',
	'customer-001 failing 25 h job_owner',
	lateSince,
];
const LOSING = 'customer-004 losing_records 13 h job_owner';
const FINE = [
	'customer-006 running 1 h nobody',
	'customer-007 never_ran 0 h nobody',
	'customer-008 healthy 1 h nobody',
	...['009', '010', '011', '012'].map((name) => `customer-${name} healthy null nobody`),
];

describe('Check Health', () => {
	it('gives one row for each sync, the worst one first', async () => {
		const { rows, error } = await check();

		expect(error).toBeUndefined();
		expect(rows.map(inShort)).toEqual([...BROKEN, LOSING, ...FINE]);
	});

	it('gives the same where every doubt about Truto is in its unlikely form', async () => {
		truto().speak(UNLIKELY_DIALECT);

		const { rows, error } = await check();

		expect(error).toBeUndefined();
		// The bare numbers of this Truto don't say what they count, so a loss can't be seen.
		expect(rows.map(inShort)).toEqual([
			...BROKEN,
			...FINE.slice(0, 2),
			'customer-004 healthy null nobody',
			...FINE.slice(2),
		]);
	});

	it('sees a loss there if Truto counts what it has persisted, too', async () => {
		truto().speak({ ...UNLIKELY_DIALECT, statsValue: 'object' });

		const { rows } = await check({ filters: { onlyUnhealthy: true } });

		expect(rows.map(inShort)).toEqual([...BROKEN, LOSING]);
	});

	it('gives an agent what is broken, or all of the customer that it asks about', async () => {
		const ask = async (tenantId: string) =>
			(await check({ filters: { tenantId } }, { isTool: true })).rows.map(inShort);

		expect(await ask('')).toEqual([...BROKEN, LOSING]);
		expect(await ask('customer-008')).toEqual(['customer-008 healthy 1 h nobody']);
	});

	it('has the columns that people read, the answer first', async () => {
		const { rows } = await check({ filters: { tenantId: 'customer-001' } });

		const [row = {}] = rows;
		expect(Object.keys(row)).toEqual([
			'health',
			'tenant_id',
			'sync_job_label',
			'next_step',
			'who_acts',
			'since',
			'integration_name',
			'last_success_at',
			'hours_since_success',
			'last_run_status',
			'last_run_at',
			'failures_in_a_row',
			'runs',
			'completed',
			'failed',
			'fetched',
			'persisted',
			'dropped',
			'fetched_before',
			'fetched_change_percent',
			'schedule',
			'next_run_at',
			'sync_job_run_id',
			'sync_job_id',
			'integrated_account_id',
		]);
		expect(rows).toEqual([
			expect.objectContaining({
				next_step: `Use 'Diagnose' on run ${String(row.sync_job_run_id)} to see why it failed.`,
				sync_job_label: 'HubSpot contacts',
				integration_name: 'hubspot',
				hours_since_success: 36.5,
				last_run_status: 'failed',
				failures_in_a_row: 3,
				runs: 2,
				completed: 0,
				failed: 2,
				fetched: 200,
				persisted: 200,
				dropped: 0,
				fetched_before: 200,
				fetched_change_percent: 0,
				schedule: null,
				sync_job_id: HEALTH_JOBS.contacts,
				integrated_account_id: customerAccount(1),
			}),
		]);
	});

	it.each<[string, INodeParameters, string[]]>([
		['account', { integratedAccountId: byId(customerAccount(3)) }, ['customer-003']],
		['tenant', { tenantId: 'customer-009' }, ['customer-009']],
		[
			'sync job',
			{ syncJobId: byId(HEALTH_JOBS.contacts) },
			['customer-001', 'customer-004', 'customer-007', 'customer-010'],
		],
		['integration', { integrationName: 'zendesk' }, []],
		[
			'what is unhealthy',
			{ onlyUnhealthy: true },
			['customer-005', 'customer-003', 'customer-001', 'customer-002', 'customer-004'],
		],
	])('filters by %s', async (_, filters, customers) => {
		const { rows, error } = await check({ filters });

		expect(error).toBeUndefined();
		expect(rows.map(({ tenant_id: customer }) => customer)).toEqual(customers);
	});

	it.each([
		['2', [lateSince]],
		['5', ['customer-005 reconnect 1 h end_user']],
	])('filters by an account that runs only have as an argument: %s', async (number, expected) => {
		truto().speak({ runAccount: 'absent' });

		const { rows } = await check({
			filters: { integratedAccountId: byId(customerAccount(Number(number))) },
		});

		expect(rows.map(inShort)).toEqual(expected);
	});

	it('reads back to where a state began', async () => {
		const { rows } = await check({ periodHours: 1, filters: { tenantId: 'customer-001' } });

		expect(rows.map(inShort)).toEqual(['customer-001 failing 25 h job_owner']);
	});

	it('goes by a given time instead of the schedules', async () => {
		const { rows } = await check({ options: { lateAfterHours: 12.2 } });

		expect(rows.filter(({ health }) => health === 'late').map(inShort)).toEqual([
			'customer-002 late 7 h job_owner',
			'customer-006 late 0 h job_owner',
		]);
	});

	it('is an error if the token may not list runs', async () => {
		truto().faults.forPath('/sync-job-run', FAULTS.forbidden);

		const { error, rows } = await check();

		expect(rows).toEqual([]);
		expect(error?.message).toMatch(/403|not allowed|may not/);
	});
});

describe('A list that the token may not read', () => {
	const hints = async (path: string, parameters: INodeParameters = {}) => {
		truto().faults.forPath(path, FAULTS.forbidden);
		const { rows, error, execution } = await check(parameters, { items: [{}, {}] });
		const [run] = execution.run.data.resultData.runData.Truto ?? [];
		return { rows, error, hints: run?.hints ?? [] };
	};

	it.each([
		['/integrated-account', 'integrated accounts'],
		['/sync-job', 'sync jobs'],
		['/sync-job-cron-trigger', 'schedules'],
	])('leaves columns empty, and a hint: %s', async (path, name) => {
		const result = await hints(path);

		expect(result.error).toBeUndefined();
		expect(result.rows.length).toBeGreaterThan(20);
		expect(result.hints).toEqual([
			{
				message: `The API token isn't allowed to list ${name}, so the columns that need them are empty. Use a token that is.`,
				location: 'outputPane',
				type: 'warning',
			},
		]);
	});

	it('gives no hint if there is none', async () => {
		expect((await hints('/nothing')).hints).toEqual([]);
	});

	it.each([
		['integrated accounts', '/integrated-account', { tenantId: 'customer-001' }],
		['sync jobs', '/sync-job', { integrationName: 'hubspot' }],
	])('is an error if a filter depends on it: %s', async (name, path, filters) => {
		const { error } = await hints(path, { filters });

		expect(error?.message).toContain(name);
	});

	it('is an error if Truto does not return it for another reason', async () => {
		truto().faults.forPath('/sync-job-cron-trigger', FAULTS.unprocessable);

		const { rows, error } = await check();

		expect(rows).toEqual([]);
		expect(error?.message).toContain('(422)');
	});
});
