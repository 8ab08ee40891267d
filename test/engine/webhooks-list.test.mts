import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	CRON_TRIGGERS,
	FAULTS,
	RUNS,
	SYNC_JOBS,
	UNLIKELY_DIALECT,
} from '../simulator/index.mts';
import { byId } from './harness.mts';
import { mapFields, searchList } from './methods.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const list = async (method: string, path: string, filter?: string) => {
	const { results } = await searchList({ simulator: truto() }, { method, path, filter });
	return results.map(({ name, value }) => [value, name]);
};

describe('the list of webhooks', () => {
	const addWebhooks = () => {
		truto().store.webhooks.clear();
		const created_at = (day: number) => `2026-01-0${String(day)}T00:00:00.000Z`;
		for (const [id, is_active, day] of [
			['a', true, 1],
			['b', false, 2],
			['c', true, 3],
		] as const) {
			const target_url = `https://${id}.example`;
			truto().store.addWebhook({ id, target_url, is_active, created_at: created_at(day) });
		}
	};

	it('shows the active ones first, and which are not', async () => {
		addWebhooks();

		expect(await list('searchWebhooks', 'webhookId')).toEqual([
			['c', 'https://c.example · active'],
			['a', 'https://a.example · active'],
			['b', 'https://b.example · not active'],
		]);
	});

	it('finds by the target, and says where there is none', async () => {
		addWebhooks();

		expect(await list('searchWebhooks', 'webhookId', 'B.example')).toEqual([
			['b', 'https://b.example · not active'],
		]);
		expect(await list('searchWebhooks', 'webhookId', 'x.example')).toEqual([
			['', 'No webhooks match "x.example"'],
		]);
	});
});

describe('the list of schedules', () => {
	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('shows job, tenant and times in words, where Truto speaks %s', async (_, dialect) => {
		truto().speak(dialect);

		const shown = await list('searchSchedules', 'scheduleId');

		expect(Object.fromEntries(shown)).toEqual({
			[CRON_TRIGGERS.sixHourly]:
				'Pipedrive to warehouse · pipedrive · northwind-traders · every 6 hours',
			[CRON_TRIGGERS.nightly]: 'jira · wingtip-toys · every day at 02:30 UTC',
			[CRON_TRIGGERS.unscheduled]: 'bamboohr · globex-7 · every Monday at 06:00 UTC',
		});
	});

	it('finds by any of them', async () => {
		const shown = await list('searchSchedules', 'scheduleId', 'monday');

		expect(shown.map(([id]) => id)).toEqual([CRON_TRIGGERS.unscheduled]);
	});

	it('does without names that the token may not read', async () => {
		truto().faults.forPath('GET /sync-job', FAULTS.forbidden);
		truto().faults.forPath('GET /integrated-account', FAULTS.forbidden);

		const shown = await list('searchSchedules', 'scheduleId', '02:30');

		expect(shown).toEqual([
			[CRON_TRIGGERS.nightly, '…00000008 · …0000000a · every day at 02:30 UTC'],
		]);
	});
});

describe('the list of runs', () => {
	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('tells two runs of one job apart, where Truto speaks %s', async (_, dialect) => {
		truto().speak(dialect);
		const runs = ['11111111', '22222222'].map((end) =>
			truto().store.addRun({
				id: `3f0c8a52-6f3e-4b7f-9a57-0d5c${end}`,
				sync_job_id: SYNC_JOBS.v4Crm,
				status: 'completed',
				created_at: '2099-01-01T10:00:00.000Z',
				started_at: '2099-01-01T10:00:30.000Z',
			}),
		);

		const shown = await list('searchSyncJobRuns', 'syncJobRunId');

		const names = Object.fromEntries(shown);
		expect(runs.map(({ id }) => names[id])).toEqual([
			expect.stringMatching(/pipedrive.* · completed · 2099-01-01 10:00 UTC · …11111111$/i),
			expect.stringMatching(/pipedrive.* · completed · 2099-01-01 10:00 UTC · …22222222$/i),
		]);
	});

	it('names the tenant where Truto sends the account', async () => {
		truto().store.patchRun(RUNS.completed, { integrated_account: { tenant_id: 'acme-1' } });

		const shown = await list('searchSyncJobRuns', 'syncJobRunId', RUNS.completed);

		expect(shown[0]?.[1]).toMatch(/^hubspot · acme-1 · completed · /);
	});
});

describe('the list of accounts', () => {
	const accounts = async (parameters: INodeParameters, filter?: string, page?: string) =>
		await searchList(
			{ simulator: truto(), parameters },
			{ method: 'searchIntegratedAccounts', path: 'integratedAccountId', filter, page },
		);

	const starting = (job: string) => ({ operation: 'start', syncJobId: byId(job) });

	it('shows tenant, integration and status', async () => {
		const { results } = await accounts({}, ACCOUNTS.needsReauth);

		expect(results).toEqual([
			{ name: 'umbrella-2 · salesforce · needs_reauth', value: ACCOUNTS.needsReauth },
		]);
	});

	it.each([
		['Start', starting(SYNC_JOBS.v4Crm)],
		['Create', { resource: 'schedule', operation: 'create', syncJobId: byId(SYNC_JOBS.v4Crm) }],
	])("of %s holds those of the sync job's integration", async (_, parameters) => {
		const { results } = await accounts(parameters);

		expect(results.map(({ value }) => value).sort()).toEqual(
			[ACCOUNTS.pipedrive, ACCOUNTS.pipedriveExpired].sort(),
		);
	});

	it.each([
		['a job over several integrations', starting(SYNC_JOBS.v4Files)],
		['a job without accounts of its integration', starting('lonely')],
		['no job yet', starting('')],
		['a job that is not known', starting('unknown')],
		['an operation that starts nothing', { operation: 'getAll', syncJobId: byId(SYNC_JOBS.v4Crm) }],
	])('holds all of them for %s', async (_, parameters) => {
		truto().store.addSyncJob({ id: 'lonely', integration_name: 'nobody-uses-it' });

		const { results } = await accounts(parameters);

		expect(results).toHaveLength(15);
	});

	it('finds an account of another integration, if none of the right one matches', async () => {
		const { results } = await accounts(starting(SYNC_JOBS.v4Crm), 'umbrella');

		expect(results.map(({ value }) => value)).toEqual([ACCOUNTS.needsReauth]);
	});

	it.each([
		['narrowed', SYNC_JOBS.v4Crm, 'pipedrive'],
		['all', 'lonely', 'nobody-uses-it'],
	])('goes on where it ended: %s', async (_, job, integration) => {
		truto().store.addSyncJob({ id: 'lonely', integration_name: integration });
		const { integration: pipedrive } =
			truto().store.integratedAccounts.get(ACCOUNTS.pipedrive) ?? {};
		for (let index = 0; index < 120; index++) {
			truto().store.addIntegratedAccount({ integration: pipedrive });
		}

		const first = await accounts(starting(job));
		const second = await accounts(starting(job), '', String(first.paginationToken));

		const ids = [...first.results, ...second.results].map(({ value }) => value);
		expect(first.results).toHaveLength(100);
		expect(new Set(ids).size).toBe(job === 'lonely' ? 135 : 122);
		expect(second.paginationToken).toBeUndefined();
	});
});

describe('the arguments of a version 4 sync job', () => {
	const fieldsOf = async (syncJobId: INodeParameters) =>
		await mapFields(
			{ simulator: truto(), parameters: { operation: 'start', syncJobId } },
			{ method: 'getArgsFields', path: 'argsFields' },
		);

	it('have pickers and short labels; a switch that nobody touches sends nothing', async () => {
		truto().store.webhooks.clear();
		truto().store.addWebhook({ id: 'hook', target_url: 'https://a.example', is_active: true });

		const { fields } = await fieldsOf(byId(SYNC_JOBS.v4Crm));

		const own = { defaultMatch: false, display: true };
		expect(fields).toEqual([
			{
				...own,
				id: 'integrated_account_id',
				displayName: 'integrated_account_id: Account to sync',
				// The account of the run fills it.
				required: false,
				type: 'options',
				options: [
					{ name: 'northwind-traders · pipedrive · active', value: ACCOUNTS.pipedrive },
					{ name: 'fabrikam-gmbh · pipedrive · needs_reauth', value: ACCOUNTS.pipedriveExpired },
				].sort((a, b) => (a.value < b.value ? 1 : -1)),
			},
			{
				...own,
				id: 'webhook_id',
				displayName: 'webhook_id: Webhook that receives the records',
				required: false,
				type: 'options',
				options: [{ name: 'https://a.example · active', value: 'hook' }],
			},
			{
				...own,
				id: 'datastore_id',
				displayName: expect.stringMatching(/^datastore_id: Data store that receives .{0,20}$/),
				required: false,
				type: 'string',
			},
			{
				...own,
				id: 'start_date',
				displayName: 'start_date: Where the first sync begins',
				required: true,
				type: 'dateTime',
			},
			{
				...own,
				id: 'batch_size',
				displayName: 'batch_size: Records per page',
				required: false,
				type: 'number',
			},
			{
				...own,
				id: 'include_archived',
				displayName: 'include_archived',
				required: false,
				type: 'boolean',
				defaultValue: null,
			},
			{
				...own,
				id: 'stage',
				displayName: 'stage: Deals to sync',
				required: false,
				type: 'options',
				options: ['open', 'won', 'lost'].map((name) => ({ name, value: name })),
			},
		]);
	});

	it("fill in the schema's defaults", async () => {
		const job = truto().store.addSyncJob({
			default_runtime_version: 4,
			args_schema: {
				size: { type: 'number', required: true, default: 50 },
				archived: { type: 'boolean', default: true },
				confirmed: { type: 'boolean', required: true },
				stage: { type: 'string', enum: ['open', 'won'], default: 'won' },
				filter: { type: 'object', default: { a: 1 } },
				since: { type: 'string', format: 'updated_at' },
			},
		});

		const { fields } = await fieldsOf(byId(job.id));

		expect(
			fields.map(({ id, type, required, defaultValue }) => [id, type, required, defaultValue]),
		).toEqual([
			['size', 'number', false, 50],
			['archived', 'boolean', false, true],
			['confirmed', 'boolean', true, undefined],
			['stage', 'options', false, 'won'],
			['filter', 'object', false, '{"a":1}'],
			['since', 'dateTime', false, undefined],
		]);
	});

	it('are texts where the accounts and webhooks can not be read', async () => {
		truto().faults.forPath('GET /integrated-account', FAULTS.forbidden);
		truto().faults.forPath('GET /webhook', FAULTS.forbidden);

		const { fields } = await fieldsOf(byId(SYNC_JOBS.v4Crm));

		expect(fields.slice(0, 2).map(({ type }) => type)).toEqual(['string', 'string']);
	});

	it('say what to do first, and what is wrong', async () => {
		expect(await fieldsOf(byId(''))).toEqual({
			fields: [],
			emptyFieldsNotice: 'Choose a sync job first',
		});
		await expect(fieldsOf(byId('unknown'))).rejects.toThrow(
			'Truto does not know this sync job unknown (404)',
		);
	});
});
