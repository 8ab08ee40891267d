import { describe, expect, it } from '@jest/globals';

import type { JsonRecord } from '../../lib/json';
import { ACCOUNTS, RUNS, SYNC_JOBS, type AccountEventName } from '../simulator/index.mts';
import { byId, byUrl } from './harness.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { truto, activate } = useTrigger();

const COMPLETED = 'sync_job_run:completed';
const RECORD = 'sync_job_run:record';

/** A run as an event carries it. */
const runOf = (id: string = RUNS.completed) =>
	JSON.parse(JSON.stringify(truto().store.runs.get(id))) as JsonRecord;

describe('an event starts an execution', () => {
	it('with the run, and what the event says beside it', async () => {
		const { server, deliver } = await activate();
		const createdAt = new Date().toISOString();
		const { webhookId } = server.trigger.memory;

		const answers = answersTo(await deliver(COMPLETED, runOf(), { id: 'event-1', createdAt }));

		expect(answers).toEqual([200]);
		expect(server.executions).toEqual([
			[
				{
					event: COMPLETED,
					status: 'completed',
					sync_job_run_id: RUNS.completed,
					sync_job_id: SYNC_JOBS.crm,
					integrated_account_id: ACCOUNTS.hubspot,
					created_at: createdAt,
					event_id: 'event-1',
					webhook_id: webhookId,
					run: runOf(),
				},
			],
		]);
		expect(truto().requests).toEqual([]);
	});

	it('with the simplified run', async () => {
		const { server, deliver } = await activate({ simplify: true });
		await deliver(COMPLETED, runOf(RUNS.fiveResources));
		expect(server.executions).toMatchObject([
			[{ run: { sync_job_run_id: RUNS.fiveResources, status: 'completed', fetched: 1500 } }],
		]);
		expect(Object.keys(server.executions[0]?.[0]?.run ?? {})).toHaveLength(10);
	});

	it('with rows of its statistics, which name the event', async () => {
		const { server, deliver } = await activate({ splitResourceStats: true });
		await deliver(COMPLETED, runOf(RUNS.fiveResources), { id: 'event-1' });
		const rows = server.executions[0] ?? [];
		expect(rows.map(({ resource, fetched }) => [resource, fetched])).toEqual([
			['crm/contacts', 500],
			['crm/accounts', 400],
			['crm/deals', 300],
			['crm/notes', 200],
			['crm/users', 100],
		]);
		for (const row of rows) {
			expect(row).toMatchObject({
				methods: 'list',
				run_status: 'completed',
				sync_job_run_id: RUNS.fiveResources,
				event: COMPLETED,
				event_id: 'event-1',
				webhook_id: server.trigger.memory.webhookId,
			});
		}
	});

	it('with rows by method, with their part of the statistics', async () => {
		const options = { includeRawStats: true };
		const split = { splitResourceStats: true, splitBy: 'resourceAndMethod', options };
		const { server, deliver } = await activate(split);
		await deliver(COMPLETED, runOf(RUNS.fiveResources));
		expect(server.executions[0]?.[0]).toMatchObject({
			resource: 'crm/contacts',
			method: 'list',
			fetched: 500,
			resource_stats: { fetched: 500 },
		});
	});

	it.each([
		[RUNS.noStats, null],
		[RUNS.absentStats, null],
		[RUNS.oddStatsArray, expect.stringContaining('an array')],
	])('with one row where there are no statistics to split: %s', async (id, error) => {
		const { server, deliver } = await activate({ splitResourceStats: true });
		await deliver(COMPLETED, runOf(id));
		expect(server.executions).toMatchObject([[{ sync_job_run_id: id, resource: null }]]);
		expect(server.executions[0]?.[0]?.stats_error ?? null).toEqual(error);
	});

	it('with nothing of a run without statistics where such are to be skipped', async () => {
		const options = { skipRunsWithoutStats: true };
		const { server, deliver } = await activate({ splitResourceStats: true, options });
		await deliver(COMPLETED, runOf(RUNS.noStats));
		expect([server.executions, server.ended]).toEqual([[], 1]);
	});

	it('with all names as they are, also those that could do harm', async () => {
		const { server, deliver } = await activate();
		await deliver(COMPLETED, runOf(RUNS.oddNames));
		const [[item] = []] = server.executions;
		expect(JSON.stringify(item?.run)).toBe(JSON.stringify(runOf(RUNS.oddNames)));
	});

	it.each([
		[false, [{ records: [{ id: '1' }, { id: '2' }] }]],
		[true, [{ record: { id: '1' } }, { record: { id: '2' } }]],
	])('with its records (one item each: %s)', async (splitRecords, expected) => {
		const { server, deliver } = await activate({ events: [RECORD], splitRecords });
		const records = [{ id: '1' }, { id: '2' }];
		const payload = { resource: 'crm/contacts', records, meta: { method: 'list' } };
		const createdAt = new Date().toISOString();
		await deliver(RECORD, payload, { id: 'event-1', createdAt });
		expect(server.executions).toEqual([
			expected.map((part) => ({
				event: RECORD,
				resource: 'crm/contacts',
				sync_job_run_id: null,
				created_at: createdAt,
				event_id: 'event-1',
				webhook_id: server.trigger.memory.webhookId,
				meta: { method: 'list' },
				...part,
			})),
		]);
	});

	it.each([
		[{ resource: 'crm/contacts', method: 'list', error: { message: 'no' } }, 'list', 'no', 1],
		[{ resource: 'crm/contacts', errors: [{ message: 'a' }, { message: 'b' }] }, null, 'a', 2],
		[{ resource: 'crm/contacts', message: 'no' }, null, 'no', 1],
	])('with the error of records: %j', async (payload, method, error, count) => {
		const event = 'sync_job_run:record_error';
		const { server, deliver } = await activate({ events: [event] });
		await deliver(event, payload);
		expect(server.executions).toMatchObject([
			[{ event, resource: 'crm/contacts', method, error, error_count: count }],
		]);
		expect(server.executions[0]?.[0]?.errors).toHaveLength(count);
	});

	it('each, where many come at once', async () => {
		const { server, deliver } = await activate();
		const ids = Array.from({ length: 100 }, (_, n) => `event-${String(n)}`);

		const deliveries = await Promise.all(ids.map((id) => deliver(COMPLETED, runOf(), { id })));

		expect(new Set(answersTo(deliveries.flat()))).toEqual(new Set([200]));
		expect(server.executions.map(([item]) => item?.event_id).sort()).toEqual([...ids].sort());
	});

	it('while the editor waits for it', async () => {
		const { server, deliver } = await activate({}, { isTest: true });
		await deliver(COMPLETED, runOf());
		expect(server.executions).toHaveLength(1);
	});

	it('when a run ends at Truto, and not before', async () => {
		const { server } = await activate();
		const { store, webhooks } = truto();
		const run = store.addRun({
			run_script: [
				{ status: 'created', afterMs: 0 },
				{ status: 'running', afterMs: 50 },
				{ status: 'completed', afterMs: 50 },
			],
		});
		while (store.runs.get(run.id)?.status !== 'completed') {
			await new Promise((resolve) => setTimeout(resolve, 20));
			truto().tick();
		}
		await webhooks.idle();
		await server.idle();
		expect(server.executions).toMatchObject([
			[{ event: COMPLETED, run: { id: run.id, status: 'completed' } }],
		]);
	});
});

describe('an event of an account or a schedule starts an execution', () => {
	it.each<[AccountEventName, object]>([
		[
			'authentication_error',
			{
				needs_attention: true,
				reason: expect.stringMatching(/has to reconnect \(The access token expired\)$/),
				who_acts: 'end_user',
				status: 'needs_reauth',
			},
		],
		['forbidden_error', { needs_attention: true, who_acts: 'end_user', status: 'active' }],
		['post_install_error', { needs_attention: true, who_acts: 'job_owner' }],
		['validation_error', { needs_attention: true, who_acts: 'end_user' }],
		['reactivated', { needs_attention: false, reason: null, who_acts: 'nobody' }],
		['updated', { needs_attention: false, reason: null, who_acts: 'nobody' }],
	])('%s: who must act', async (name, expected) => {
		const event = `integrated_account:${name}`;
		const { server } = await activate({ events: [event] });
		await truto().events.account(name, ACCOUNTS.hubspot);
		await server.idle();
		expect(server.executions).toMatchObject([
			[
				{
					event,
					...expected,
					integrated_account_id: ACCOUNTS.hubspot,
					tenant_id: expect.any(String),
					integration_name: 'HubSpot',
					account: { id: ACCOUNTS.hubspot },
				},
			],
		]);
	});

	it('deleted: only its id is left', async () => {
		const event = 'integrated_account:deleted';
		const { server } = await activate({ events: [event] });
		await truto().events.account('deleted', ACCOUNTS.hubspot);
		await server.idle();
		expect(server.executions).toMatchObject([
			[{ event, needs_attention: false, integrated_account_id: ACCOUNTS.hubspot, status: null }],
		]);
	});

	it('a schedule that failed', async () => {
		const event = 'sync_job_cron_trigger:failed';
		const { server } = await activate({ events: [event] });
		const [schedule] = truto().store.cronTriggers.values();
		await truto().events.cronTriggerFailed(schedule?.id ?? '');
		await server.idle();
		expect(server.executions).toMatchObject([
			[
				{
					event,
					sync_job_cron_trigger_id: schedule?.id,
					sync_job_id: schedule?.sync_job_id,
					integrated_account_id: schedule?.integrated_account_id,
					schedule: { id: schedule?.id },
				},
			],
		]);
	});

	it.each([
		[ACCOUNTS.hubspot.toUpperCase(), 1],
		[ACCOUNTS.zendesk, 0],
	])('that passes the filter by account: %s', async (id, count) => {
		const filters = { integratedAccountId: byId(id), syncJobId: byId(SYNC_JOBS.crm) };
		const events = ['integrated_account:deleted', COMPLETED];
		const { server, deliver } = await activate({ events, filters });
		await truto().events.account('deleted', ACCOUNTS.hubspot);
		await server.idle();
		expect(server.executions).toHaveLength(count);
		// A version 4 job may have its account in the arguments only.
		const args = { integrated_account_id: ACCOUNTS.hubspot };
		await deliver(COMPLETED, { ...runOf(), integrated_account_id: null, args });
		expect(server.executions).toHaveLength(2 * count);
	});
});

describe('an event that is not waited for starts nothing, and Truto gets 200', () => {
	it.each([
		['test', { foo: 'bar' }],
		['sync_job_run:started', {}],
		['integrated_account:active', {}],
		['SYNC_JOB_RUN:COMPLETED', {}],
		['__proto__', {}],
		['includes', {}],
	])('%s', async (event, payload) => {
		const { server, deliver } = await activate();
		const { memory } = server.trigger;

		expect(answersTo(await deliver(event, payload))).toEqual([200]);

		expect(server.executions).toEqual([]);
		expect(server.errors).toEqual([]);
		expect(server.trigger.memory).toEqual(memory);
	});

	it.each<[string, Record<string, string>, boolean]>([
		['its sync job', { syncJobId: SYNC_JOBS.crm }, true],
		['its account', { integratedAccountId: ACCOUNTS.hubspot }, true],
		['both', { syncJobId: SYNC_JOBS.crm, integratedAccountId: ACCOUNTS.hubspot }, true],
		['another sync job', { syncJobId: SYNC_JOBS.hris }, false],
		['another account', { integratedAccountId: ACCOUNTS.zendesk }, false],
		['one', { syncJobId: SYNC_JOBS.crm, integratedAccountId: ACCOUNTS.zendesk }, false],
	])('unless the filter is for %s (%j: %s)', async (_, ids, passes) => {
		const filters = Object.fromEntries(Object.entries(ids).map(([key, id]) => [key, byId(id)]));
		const { server, deliver } = await activate({ filters });
		const run = runOf();
		const expected = [run.sync_job_id, run.integrated_account_id];
		expect(expected).toEqual([SYNC_JOBS.crm, ACCOUNTS.hubspot]);

		expect(answersTo(await deliver(COMPLETED, run))).toEqual([200]);

		expect(server.executions).toHaveLength(passes ? 1 : 0);
	});

	it('with filters by URL', async () => {
		const url = (id: string) => byUrl(`https://api.truto.one/sync-job/${id}`);
		const passing = await activate({ filters: { syncJobId: url(SYNC_JOBS.crm) } });
		const other = await activate({ filters: { syncJobId: url(SYNC_JOBS.hris) } });

		await passing.deliver(COMPLETED, runOf());
		await other.deliver(COMPLETED, runOf());

		expect(passing.server.executions).toHaveLength(1);
		expect(other.server.executions).toHaveLength(0);
	});
});
