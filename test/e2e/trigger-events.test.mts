import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { Execution } from '../n8n-host/execution.mts';
import { chain, fieldNode } from '../n8n-host/workflow.mts';
import { ACCOUNTS, RUNS, scaledClock, SYNC_JOBS, UNLIKELY_DIALECT } from '../simulator/index.mts';
import { triggerNode } from './trigger.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

/** The simulator's time runs faster, so that a run ends within seconds. */
const TIMES_FASTER = 4;

let world: World;

beforeAll(async () => {
	world = await startWorld({
		simulator: { allowHttpWebhooks: true, clock: scaledClock(TIMES_FASTER) },
	});
});

afterAll(async () => {
	await world.close();
});

/** That clock runs ahead of n8n's. */
const ANY_TIME = { toleranceMinutes: 0 };

/** Activates a workflow that begins with the trigger; returns its id. */
async function listen(parameters: Record<string, unknown>): Promise<string> {
	return await world.n8n.api.createActive(
		chain(
			'events',
			triggerNode(world.credential, { options: ANY_TIME, ...parameters }),
			fieldNode('After', 'seen', '={{ $json.event ?? $json.resource }}'),
		),
	);
}

/** The ended executions of a workflow, oldest first, as soon as there are so many. */
async function executionsOf(id: string, count: number): Promise<Execution[]> {
	for (const deadline = Date.now() + 60_000; ; await pause(200)) {
		const found = await world.n8n.api.executionsOf(id);
		const ended = found.filter(({ status }) => !['new', 'running'].includes(status));
		if (ended.length >= count || Date.now() > deadline) {
			return await Promise.all(
				ended.reverse().map(async (one) => await world.n8n.api.waitFor(one.id)),
			);
		}
	}
}

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

const itemsOf = (execution?: Execution) =>
	execution?.nodes['Truto Trigger']?.outputs[0]?.map(({ json }) => json) ?? [];

const start = (syncJobId: string) => {
	world.simulator.store.startRun({
		sync_job_id: syncJobId,
		integrated_account_id: ACCOUNTS.hubspot,
	});
};

describe('a sync job run', () => {
	it('that completes, and one that fails, start one execution each', async () => {
		const id = await listen({});
		start(SYNC_JOBS.hris);
		start(SYNC_JOBS.failing);
		const executions = await executionsOf(id, 2);
		await world.n8n.api.deactivate(id);
		expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
		const items = executions.flatMap(itemsOf);
		expect(items).toHaveLength(2);
		expect(items).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					event: 'sync_job_run:completed',
					status: 'completed',
					sync_job_run_id: expect.any(String),
					sync_job_id: SYNC_JOBS.hris,
					integrated_account_id: ACCOUNTS.hubspot,
					event_created_at: expect.any(String),
					event_id: expect.any(String),
					webhook_id: expect.any(String),
				}),
				expect.objectContaining({
					event: 'sync_job_run:failed',
					status: 'failed',
					sync_job_id: SYNC_JOBS.failing,
				}),
			]),
		);
	});

	it('gives the rows that Get gives, of the chosen sync job only', async () => {
		const id = await listen({
			events: ['sync_job_run:completed'],
			splitResourceStats: true,
			filters: { syncJobId: { __rl: true, mode: 'id', value: SYNC_JOBS.crm } },
		});
		const run = (runId: string) => world.simulator.store.runs.get(runId);
		const mine = { ...run(RUNS.fiveResources), sync_job_id: SYNC_JOBS.crm };
		const others = { ...run(RUNS.twoResources), sync_job_id: SYNC_JOBS.hris };
		await world.simulator.webhooks.deliver('sync_job_run:completed', others);
		await world.simulator.webhooks.deliver('sync_job_run:completed', mine);
		const executions = await executionsOf(id, 1);
		await world.n8n.api.deactivate(id);
		expect(executions).toHaveLength(1);
		expect(itemsOf(executions[0]).map(({ resource }) => resource)).toEqual(
			Object.keys(mine.resource_stats ?? {}),
		);
	});
});

describe('an integrated account', () => {
	it('that needs reconnecting starts an execution, which says who must act', async () => {
		const id = await listen({
			events: ['integrated_account:authentication_error'],
			filters: { integratedAccountId: ACCOUNTS.hubspot.toUpperCase() },
		});
		await world.simulator.events.account('authentication_error', ACCOUNTS.zendesk);
		await world.simulator.events.account('authentication_error', ACCOUNTS.hubspot);
		const executions = await executionsOf(id, 1);
		await world.n8n.api.deactivate(id);
		expect(executions.map(itemsOf)).toMatchObject([
			[
				{
					event: 'integrated_account:authentication_error',
					needs_attention: true,
					who_acts: 'end_user',
					integrated_account_id: ACCOUNTS.hubspot,
				},
			],
		]);
	});
});

describe('a run that was started with the trigger’s webhook', () => {
	it('delivers its records, as the answers let it go on', async () => {
		const events = ['sync_job_run:record', 'sync_job_run:completed'];
		const id = await listen({ events, splitRecords: true });
		const [webhook] = world.simulator.store.webhooks.values();
		world.simulator.store.startRun({
			sync_job_id: SYNC_JOBS.hris,
			integrated_account_id: ACCOUNTS.bamboohr,
			webhook_id: webhook?.id,
		});
		const executions = await executionsOf(id, 4);
		await world.n8n.api.deactivate(id);
		const sent = world.simulator.webhooks.deliveries.filter(
			(delivery) => delivery.webhook_id === webhook?.id,
		);
		expect(sent.map(({ event }) => event)).toEqual([
			'sync_job_run:started',
			'sync_job_run:record',
			'sync_job_run:record',
			'sync_job_run:record',
			'sync_job_run:completed',
		]);
		expect(sent.map(({ attempts }) => attempts.map(({ status }) => status))).toEqual(
			Array(5).fill([200]),
		);
		// n8n before 2.35 stores an execution after its answer: no order can be expected of them.
		const items = executions.flatMap(itemsOf);
		const records = items.filter(({ event }) => event === 'sync_job_run:record');
		expect(records).toHaveLength(15);
		expect(records[0]).toMatchObject({
			resource: 'hris/employees',
			webhook_id: webhook?.id,
			record: { id: expect.any(String) },
		});
		expect(items.filter((item) => !records.includes(item))).toMatchObject([
			{ event: 'sync_job_run:completed', status: 'completed' },
		]);
	});
});

describe('an event in its unlikely form', () => {
	it.each([
		UNLIKELY_DIALECT,
		{ deliveryBody: 'urlencoded', signature: 'HEX' },
		{ deliveryBody: 'form', formSignature: 'json' },
	] as const)('starts an execution: %#', async (dialect) => {
		const id = await listen({});
		const run = world.simulator.store.runs.get(RUNS.completed);
		const sent = await world.simulator.webhooks.deliver('sync_job_run:completed', run, { dialect });
		const executions = await executionsOf(id, 1);
		await world.n8n.api.deactivate(id);
		expect(sent.map(({ delivered }) => delivered)).toEqual([true]);
		expect(executions.map(itemsOf)).toMatchObject([[{ sync_job_run_id: RUNS.completed }]]);
	});
});

describe('what starts nothing', () => {
	it('is refused or taken without an execution, and the log says why', async () => {
		const id = await listen({ options: {} });
		const { webhooks, store } = world.simulator;
		const event = 'sync_job_run:completed';
		const payload = store.runs.get(RUNS.completed);
		const hourAgo = new Date(world.simulator.clock.now() - 3_600_000).toISOString();
		const sent = await Promise.all([
			webhooks.deliver(event, payload, { forge: true, retries: 0 }),
			webhooks.deliver(event, payload, { createdAt: hourAgo, retries: 0 }),
			webhooks.deliver(
				'test',
				{ foo: 'bar' },
				{ webhookId: [...store.webhooks.keys()][0], createdAt: new Date().toISOString() },
			),
		]);
		const { target_url: target = '' } = [...store.webhooks.values()][0] ?? {};
		const unsigned = await fetch(target, { method: 'POST', body: '{}' });
		const byGet = await fetch(target);
		const executions = await world.n8n.api.executionsOf(id);
		await world.n8n.api.deactivate(id);
		expect(sent.flat().map(({ attempts }) => attempts[0]?.status)).toEqual([401, 401, 200]);
		expect([unsigned.status, byGet.status]).toEqual([401, 404]);
		expect(executions).toEqual([]);
		const logs = world.n8n.logs();
		const refused =
			"Truto: 'Truto Trigger' of workflow 'events' \\(\\w+\\) refused an event \\(401\\)";
		expect(logs).toMatch(new RegExp(`${refused}: its signature is missing or wrong`));
		expect(logs).toMatch(new RegExp(`${refused}: its time is \\d+ seconds in the past`));
	});
});

describe('in the editor', () => {
	it('a test has a webhook of its own, which is gone after one event', async () => {
		const productive = await listen({});
		const workflow = chain('test', triggerNode(world.credential, { options: ANY_TIME }));
		const { id } = await world.n8n.api.createWorkflow(workflow);
		expect(await world.n8n.api.listenForTest(id, workflow)).toBe(true);
		const targets = [...world.simulator.store.webhooks.values()].map((one) => one.target_url);
		expect(targets).toHaveLength(2);
		expect(targets.filter((target) => target.includes('/webhook-test/'))).toHaveLength(1);
		await world.simulator.webhooks.deliver(
			'sync_job_run:failed',
			world.simulator.store.runs.get(RUNS.failed),
		);
		expect((await executionsOf(id, 1)).map(({ status }) => status)).toEqual(['success']);
		expect((await executionsOf(productive, 1)).map(({ status }) => status)).toEqual(['success']);
		await world.n8n.api.deactivate(productive);
		expect(world.simulator.store.webhooks.size).toBe(0);
	});
});
