import { describe, expect, it } from '@jest/globals';

import { simplifyRun } from '../../lib/runs/simplifyRun';
import type { JsonRecord } from '../../lib/json';
import { splitResourceStats } from '../../lib/runs/splitResourceStats';
import { ACCOUNTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
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

		const answers = answersTo(await deliver(COMPLETED, runOf(), { id: 'event-1', createdAt }));

		expect(answers).toEqual([200]);
		expect(server.executions).toEqual([
			[{ id: 'event-1', event: COMPLETED, created_at: createdAt, run: runOf() }],
		]);
		expect(truto().requests).toEqual([]);
	});

	it('with the simplified run', async () => {
		const { server, deliver } = await activate({ simplify: true });
		await deliver(COMPLETED, runOf());
		expect(server.executions).toMatchObject([[{ run: simplifyRun(runOf()) }]]);
	});

	it.each([
		[{ splitBy: 'resource' as const }, {}],
		[{ splitBy: 'resourceAndMethod' as const }, { includeRawStats: true }],
	])('with rows of its statistics: %j, %j', async (splitBy, options) => {
		const { server, deliver } = await activate({ splitResourceStats: true, ...splitBy, options });
		await deliver(COMPLETED, runOf());
		const rows = splitResourceStats(runOf(), { ...splitBy, ...options });
		expect(rows.length).toBeGreaterThan(1);
		expect(server.executions).toEqual([rows]);
	});

	it.each([RUNS.noStats, RUNS.absentStats, RUNS.oddStatsArray])(
		'with one row where there are no statistics to split: %s',
		async (id) => {
			const { server, deliver } = await activate({ splitResourceStats: true });
			await deliver(COMPLETED, runOf(id));
			expect(server.executions).toMatchObject([[{ sync_job_run_id: id, resource: null }]]);
		},
	);

	it('with all names as they are, also those that could do harm', async () => {
		const { server, deliver } = await activate();
		await deliver(COMPLETED, runOf(RUNS.oddNames));
		const [[item] = []] = server.executions;
		expect(JSON.stringify(item?.run)).toBe(JSON.stringify(runOf(RUNS.oddNames)));
	});

	it.each([
		[false, [{ resource: 'crm/contacts', records: [{ id: '1' }, { id: '2' }] }]],
		[
			true,
			[
				{ resource: 'crm/contacts', record: { id: '1' } },
				{ resource: 'crm/contacts', record: { id: '2' } },
			],
		],
	])('with its records (one item each: %s)', async (splitRecords, expected) => {
		const { server, deliver } = await activate({ events: [RECORD], splitRecords });
		const payload = { resource: 'crm/contacts', records: [{ id: '1' }, { id: '2' }] };
		await deliver(RECORD, payload, { id: 'event-1' });
		expect(server.executions).toMatchObject([expected]);
		for (const item of server.executions[0] ?? []) {
			expect(item).toMatchObject({ id: 'event-1', event: RECORD });
		}
	});

	it('each, where many come at once', async () => {
		const { server, deliver } = await activate();
		const ids = Array.from({ length: 100 }, (_, n) => `event-${String(n)}`);

		const deliveries = await Promise.all(ids.map((id) => deliver(COMPLETED, runOf(), { id })));

		expect(new Set(answersTo(deliveries.flat()))).toEqual(new Set([200]));
		expect(server.executions.map(([item]) => item?.id).sort()).toEqual([...ids].sort());
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
		expect(server.executions).toMatchObject([
			[{ event: COMPLETED, run: { id: run.id, status: 'completed' } }],
		]);
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
