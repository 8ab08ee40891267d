import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import {
	ACCOUNTS,
	CRON_TRIGGERS,
	ManualClock,
	OTHER_TOKEN,
	SYNC_JOBS,
	UNKNOWN_ID,
	startSimulator,
} from './index.mts';
import type { CronTrigger, IntegratedAccount, Simulator } from './index.mts';
import { clientFor } from './test-client.mts';
import type { Page } from './test-client.mts';

let clock: ManualClock;
let simulator: Simulator;
let client: AxiosInstance;

beforeEach(async () => {
	clock = new ManualClock();
	simulator = await startSimulator({ clock });
	client = clientFor(simulator);
});
afterEach(() => simulator.close());

describe('/integrated-account', () => {
	const list = async (query: string) =>
		(await client.get<Page<IntegratedAccount>>(`/integrated-account?limit=100&${query}`)).data
			.result;

	test.each([
		['tenant_id=acme-1', ['zendesk', 'hubspot']],
		['integration.name=jira', ['validationError', 'jira', 'jiraNoScopes']],
		['status=needs_reauth', ['pipedriveExpired', 'needsReauth']],
		['is_sandbox=true', ['drive']],
		['status=connecting&integration.name=notion', ['connecting']],
		['created_at[lt]=2025-10-09', ['zendesk', 'hubspot']],
		['updated_at[gt]=2026-01-15', ['pipedriveExpired']],
	])('takes the filter %s', async (query, names) => {
		const byId = new Map<string, string>(Object.entries(ACCOUNTS).map(([name, id]) => [id, name]));
		expect((await list(query)).map(({ id }) => byId.get(id)).sort()).toEqual([...names].sort());
	});

	test('has the five statuses; other filters are refused', async () => {
		const statuses = new Set((await list('')).map(({ status }) => status));
		expect([...statuses].sort()).toEqual([
			...['active', 'connecting', 'needs_reauth', 'post_install_error', 'validation_error'],
		]);
		expect((await client.get('/integrated-account?region=wnam')).status).toBe(400);
	});

	test('has an integration, last_error, and last_forbidden_error without a change of its status', async () => {
		const get = async (id: string) => (await client.get<object>(`/integrated-account/${id}`)).data;
		expect(await get(ACCOUNTS.jiraNoScopes)).toEqual({
			id: ACCOUNTS.jiraNoScopes,
			tenant_id: 'contoso-ltd',
			environment_id: 'e0000000-0000-4000-8000-000000000001',
			environment_integration_id: expect.any(String),
			status: 'active',
			is_sandbox: false,
			authentication_method: 'oauth2',
			region: 'wnam',
			context: { cloud_id: '7b0f6d42-6a4c-4e5f-9a61-5c0d9a1f3e77' },
			integration: { id: expect.any(String), name: 'jira', category: 'ticketing' },
			last_error: null,
			last_forbidden_error: {
				resource: 'ticketing/tickets',
				method: 'list',
				missing_scopes: ['read:jira-work', 'read:jira-user'],
				occurred_at: '2026-01-15T07:12:00.000Z',
			},
			last_action_run_result: null,
			created_at: '2025-10-16T12:00:00.000Z',
			updated_at: '2026-01-04T12:00:00.000Z',
		});
		// A blocked account does not say so.
		expect(await get(ACCOUNTS.blocked)).toMatchObject({ status: 'active', last_error: null });
		simulator.speak({ accountErrors: 'on-get-only' });
		expect((await list('status=needs_reauth'))[0]).not.toHaveProperty('last_error');
		expect(await get(ACCOUNTS.pipedriveExpired)).toHaveProperty('last_error');
	});

	test.each([
		[{ id: ACCOUNTS.jira }, 200, { success: true }],
		[{ id: ACCOUNTS.needsReauth }, 401, { truto_is_remote_error: true, message: '' }],
		[{ id: ACCOUNTS.other }, 404, { error: 'Not Found' }],
		[{}, 400, { message: 'id is required' }],
	])('refresh-credentials of %j: %i', async (body, status, answer) => {
		const { data, ...rest } = await client.post<unknown>(
			'/integrated-account/refresh-credentials',
			body,
		);
		expect(rest.status).toBe(status);
		expect(data).toMatchObject(answer);
	});
});

describe('/sync-job-cron-trigger', () => {
	const path = '/sync-job-cron-trigger';
	const valid = { sync_job_id: SYNC_JOBS.hris, cron_expression: '15 3 * * 1-5' };

	test('takes the filter integrated_account_id, and no other', async () => {
		const all = await client.get<Page<CronTrigger>>(path);
		expect(all.data.result.map(({ id }) => id).sort()).toEqual([
			CRON_TRIGGERS.sixHourly,
			CRON_TRIGGERS.nightly,
			CRON_TRIGGERS.unscheduled,
		]);
		const one = await client.get<unknown>(`${path}?integrated_account_id=${ACCOUNTS.jira}`);
		expect(one.data).toMatchObject({
			result: [{ id: CRON_TRIGGERS.nightly, cron_expression: '30 2 * * *' }],
		});
		expect((await client.get(`${path}?sync_job_id=${SYNC_JOBS.v4Crm}`)).status).toBe(400);
	});

	test('is inactive until POST /{id}/schedule, and again after a change of cron_expression', async () => {
		const { data, status } = await client.post<CronTrigger>(path, valid);
		expect(status).toBe(201);
		expect(data).toMatchObject({ ...valid, integrated_account_id: null, args: {} });
		expect(data).not.toHaveProperty('is_scheduled');
		const own = `${path}/${data.id}`;
		const isScheduled = () => simulator.store.cronTriggers.get(data.id)?.is_scheduled;
		expect(isScheduled()).toBe(false);
		expect((await client.post(`${own}/schedule`)).status).toBe(200);
		expect(isScheduled()).toBe(true);
		await clock.advance(1_000);
		await client.patch(own, { error_handling: 'ignore', cron_expression: valid.cron_expression });
		expect(isScheduled()).toBe(true);
		const patched = await client.patch<unknown>(own, { cron_expression: '0 4 * * *' });
		expect(patched.data).toMatchObject({
			cron_expression: '0 4 * * *',
			error_handling: 'ignore',
			updated_at: '2026-01-15T12:00:01.000Z',
		});
		expect(isScheduled()).toBe(false);
		expect((await client.get<unknown>(own)).data).toEqual(patched.data);
		expect((await client.delete<unknown>(own)).data).toEqual({ id: data.id });
		expect((await client.get(own)).status).toBe(404);
	});

	test.each<[number, string, object]>([
		[400, 'sync_job_id is required', { sync_job_id: undefined }],
		[400, 'cron_expression is required', { cron_expression: undefined }],
		[400, 'five fields', { cron_expression: '* * * *' }],
		[400, 'five fields', { cron_expression: '0 0 * * * *' }],
		[400, 'five fields', { cron_expression: 'every day at noon' }],
		[400, 'error_handling must be', { error_handling: 'shrug' }],
		[400, 'super_query must be', { super_query: 'x' }],
		[404, 'Sync job with id', { sync_job_id: SYNC_JOBS.other }],
		[404, 'Integrated account with id', { integrated_account_id: ACCOUNTS.other }],
	])('refuses with %i: %s', async (status, message, body) => {
		const answer = await client.post<unknown>(path, { ...valid, ...body });
		expect(answer.status).toBe(status);
		expect(answer.data).toMatchObject({ message: expect.stringContaining(message) });
	});

	test('belongs to its environment', async () => {
		const other = clientFor(simulator, OTHER_TOKEN);
		const own = `${path}/${CRON_TRIGGERS.sixHourly}`;
		for (const answer of [
			await other.get(own),
			await other.patch(own, {}),
			await other.delete(own),
			await other.post(`${own}/schedule`),
			await client.get(`${path}/${UNKNOWN_ID}`),
		]) {
			expect(answer.status).toBe(404);
		}
	});
});

describe('/sync-job-run-state', () => {
	const path = '/sync-job-run-state';
	const of = { params: { state_key: ACCOUNTS.jira } };

	test('has key, value, sync_job_run_id and times', async () => {
		const { data } = await client.get<Page<{ key: string }>>(path, of);
		expect(data.result.map(({ key }) => key).sort()).toEqual(['comments_cursor', 'last_synced_at']);
		expect(data.result[0]).toEqual({
			key: expect.any(String),
			value: '2026-01-15T04:00:02.000Z',
			sync_job_run_id: expect.any(String),
			created_at: '2025-12-16T12:00:00.000Z',
			updated_at: '2026-01-15T04:03:00.000Z',
		});
	});

	test('is set by POST, changed by PATCH, and gone after DELETE', async () => {
		const cell = { key: 'from/2026', value: '2026-01-01' };
		const own = `${path}/${encodeURIComponent(cell.key)}`;
		const posted = await client.post<unknown>(path, cell, of);
		expect(posted.status).toBe(201);
		expect(posted.data).toMatchObject({ ...cell, sync_job_run_id: null });
		expect((await client.get<unknown>(own, of)).data).toEqual(posted.data);
		await clock.advance(1_000);
		const again = await client.post<unknown>(path, { ...cell, value: '2025-01-01' }, of);
		expect(again.data).toMatchObject({
			value: '2025-01-01',
			created_at: '2026-01-15T12:00:00.000Z',
			updated_at: '2026-01-15T12:00:01.000Z',
		});
		const patched = await client.patch<unknown>(own, { value: 'x' }, of);
		expect(patched.data).toMatchObject({ key: cell.key, value: 'x' });
		const elsewhere = { params: { state_key: ACCOUNTS.pipedrive } };
		expect((await client.get(own, elsewhere)).status).toBe(404);
		expect((await clientFor(simulator, OTHER_TOKEN).get(own, of)).status).toBe(404);
		expect((await client.delete<unknown>(own, of)).data).toEqual({ key: cell.key });
		expect((await client.delete(own, of)).status).toBe(404);
	});

	test('needs a state key everywhere', async () => {
		const answers = [
			await client.get<unknown>(path),
			await client.get<unknown>(`${path}/last_synced_at`),
			await client.post<unknown>(path, { key: 'a', value: 'b' }),
			await client.patch<unknown>(`${path}/last_synced_at`, { value: 'b' }),
			await client.delete<unknown>(`${path}/last_synced_at?state_key=`),
		];
		for (const { status, data } of answers) {
			expect(status).toBe(400);
			expect(data).toMatchObject({ message: 'state_key is required' });
		}
	});

	test.each([{ value: 'b' }, { key: 'a' }, { key: 'a', value: 5 }])('refuses %j', async (body) => {
		expect((await client.post(path, body, of)).status).toBe(400);
	});
});

test('what is not documented is not there', async () => {
	expect((await client.get('/daemon')).status).toBe(404);
	await client.post('/webhook', { target_url: 'https://example.com/', is_active: false });
	const active = await client.get<Page<unknown>>('/webhook?is_active=true');
	const inactive = await client.get<Page<unknown>>('/webhook?is_active=false');
	expect([active.data.result.length, inactive.data.result.length]).toEqual([0, 1]);
});
