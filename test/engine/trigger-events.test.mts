import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, FAULTS, RUNS, SYNC_JOBS, VALID_TOKEN } from '../simulator/index.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { truto, activate, runOf } = useTrigger();

const COMPLETED = 'sync_job_run:completed';
const RECORD = 'sync_job_run:record';

describe('an event starts an execution', () => {
	it('with the run, and what the event says beside it', async () => {
		const { server, deliver } = await activate();
		const createdAt = new Date().toISOString();
		const { webhookId } = server.trigger.memory;

		const answers = answersTo(await deliver(COMPLETED, runOf(), { id: 'event-1', createdAt }));

		expect(answers).toEqual([200]);
		expect(server.executions).toMatchObject([
			[
				{
					event: COMPLETED,
					status: 'completed',
					sync_job_run_id: RUNS.completed,
					sync_job_id: SYNC_JOBS.crm,
					integrated_account_id: ACCOUNTS.hubspot,
					event_created_at: createdAt,
					event_id: 'event-1',
					webhook_id: webhookId,
					run: runOf(),
				},
			],
		]);
		expect(truto().requests).toEqual([]);
	});

	it('with names, if Include Names is added', async () => {
		const { server, deliver } = await activate({ options: { includeNames: true } });
		await deliver(COMPLETED, runOf(RUNS.v4Completed));
		expect(server.executions).toMatchObject([
			[{ tenant_id: 'northwind-traders', sync_job_label: 'Pipedrive to warehouse' }],
		]);
	});

	it('without names, but with a hint, if Truto refuses to look them up', async () => {
		const { server, deliver } = await activate({ options: { includeNames: true } });
		truto().faults.forPath('/integrated-account', FAULTS.forbidden);
		await deliver(COMPLETED, runOf(RUNS.v4Completed));
		expect(server.executions).toMatchObject([
			[{ tenant_id: null, sync_job_label: 'Pipedrive to warehouse' }],
		]);
		expect(server.hints).toEqual([
			{
				message: expect.stringMatching(
					/^The column tenant_id may be empty, because .+ could not be read\./,
				),
				location: 'outputPane',
				type: 'warning',
			},
		]);
	});

	it('without names, but with a hint, if the credential is of no use', async () => {
		const credential = { apiToken: VALID_TOKEN };
		const { server, deliver } = await activate({ options: { includeNames: true } }, { credential });
		credential.apiToken = '';
		await deliver(COMPLETED, runOf(RUNS.v4Completed));
		expect(server.executions).toMatchObject([[{ tenant_id: null, status: 'completed' }]]);
		expect(server.hints).toMatchObject([
			{ message: expect.stringMatching(/^Names could not be looked up\. .+\.$/) },
		]);
	});

	it('with the simplified run', async () => {
		const { server, deliver } = await activate({ simplify: true });
		await deliver(COMPLETED, runOf(RUNS.fiveResources));
		expect(server.executions).toMatchObject([
			[{ sync_job_run_id: RUNS.fiveResources, status: 'completed', fetched: 1500 }],
		]);
		expect(server.executions[0]?.[0]).not.toHaveProperty('run');
	});

	it('with rows of its statistics, which name the event', async () => {
		const options = { includeRawStats: true };
		const split = { splitResourceStats: true, splitBy: 'resourceAndMethod', options };
		const { server, deliver } = await activate(split);
		await deliver(COMPLETED, runOf(RUNS.fiveResources), { id: 'event-1' });
		const rows = server.executions[0] ?? [];
		expect(rows.map(({ resource, fetched }) => [resource, fetched])).toEqual([
			['crm/contacts', 500],
			['crm/accounts', 400],
			['crm/deals', 300],
			['crm/notes', 200],
			['crm/users', 100],
		]);
		expect(rows[0]?.resource_stats).toMatchObject({ fetched: 500 });
		for (const row of rows) {
			expect(row).toMatchObject({
				method: 'list',
				status: 'completed',
				sync_job_run_id: RUNS.fiveResources,
				event: COMPLETED,
				event_id: 'event-1',
				webhook_id: server.trigger.memory.webhookId,
			});
		}
	});

	it('without an item for a run without statistics if those are skipped', async () => {
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
				event_created_at: createdAt,
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

	it('each, if many come at once', async () => {
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

	it('when a run ends in Truto, and not before', async () => {
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
