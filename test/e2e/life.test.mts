import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import {
	byId,
	chain,
	fieldNode,
	itemsNode,
	manualTrigger,
	trutoNode,
} from '../n8n-host/workflow.mts';
import { ACCOUNTS, RUNS, scaledClock, SYNC_JOBS } from '../simulator/index.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

const WEBHOOK_ID = '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64';

/** The simulator's time runs faster, so that a run ends within a few polls. */
const TIMES_FASTER = 4;

let world: World;

beforeAll(async () => {
	world = await startWorld({ simulator: { clock: scaledClock(TIMES_FASTER) } });
});

afterAll(async () => {
	await world.close();
});

const truto = (name: string, parameters: Record<string, unknown>, settings = {}) => ({
	...trutoNode(parameters, world.credential, settings),
	name,
});

const startParameters = (syncJobId: string, accountId: string) => ({
	operation: 'start',
	syncJobId: byId(syncJobId),
	integratedAccountId: byId(accountId),
	specifyArgs: 'json',
	args: '{}',
});

const waitParameters = {
	operation: 'wait',
	syncJobRunId: byId('={{ $json.id }}'),
	pollInterval: 2,
};

describe('Start -> Wait for Completion -> Get', () => {
	it('follows a run through created, running, rate_limited, running and completed', async () => {
		const execution = await world.n8n.api.run(
			chain(
				'life',
				manualTrigger(),
				truto('Start Sync', startParameters(SYNC_JOBS.rateLimited, ACCOUNTS.salesforce)),
				truto('Wait', { ...waitParameters }),
				truto('Records', {
					syncJobRunId: byId('={{ $json.id }}'),
					splitResourceStats: true,
				}),
			),
		);
		expect(execution.error).toBeUndefined();
		expect(execution.nodes['Start Sync']?.outputs[0]?.[0]?.json.status).toBe('created');
		expect(execution.nodes.Wait?.outputs[0]?.[0]?.json.status).toBe('completed');
		const rows = execution.nodes.Records?.outputs[0] ?? [];
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ json }) => json.status === 'completed')).toBe(true);
		expect(rows.every(({ json }) => typeof json.fetched === 'number')).toBe(true);
	});

	it('sends a failed run to the error output, with the reason from its logs', async () => {
		const execution = await world.n8n.api.run(
			chain(
				'failing life',
				manualTrigger(),
				truto('Start Sync', startParameters(SYNC_JOBS.failing, ACCOUNTS.hubspot)),
				truto('Wait', waitParameters, { onError: 'continueErrorOutput' }),
			),
		);
		const [good, bad] = execution.nodes.Wait?.outputs ?? [];
		expect(good).toEqual([]);
		expect(bad?.[0]?.json.error).toMatch(/^Sync job run \S+ failed: (?!its logs do not say why)./);
		expect(bad?.[0]?.json.message).toContain('Cause: Authentication. ');
	});

	it('starts and waits in one node', async () => {
		const execution = await world.n8n.api.run(
			chain(
				'start and wait',
				manualTrigger(),
				truto('Truto', {
					...startParameters(SYNC_JOBS.hris, ACCOUNTS.bamboohr),
					waitForCompletion: true,
					pollInterval: 2,
					splitResourceStats: true,
				}),
			),
		);
		expect(execution.error).toBeUndefined();
		expect(execution.nodes.Truto?.outputs[0]?.[0]?.json).toMatchObject({ status: 'completed' });
	});

	it('names missing arguments, and refuses two destinations, before anything is started', async () => {
		world.simulator.clearRequests();
		const missing = await world.n8n.api.run(
			chain(
				'args',
				manualTrigger(),
				truto('Truto', startParameters(SYNC_JOBS.crm, ACCOUNTS.hubspot)),
			),
		);
		const both = await world.n8n.api.run(
			chain(
				'both',
				manualTrigger(),
				truto('Truto', {
					...startParameters(SYNC_JOBS.hris, ACCOUNTS.bamboohr),
					additionalFields: { webhookId: byId(WEBHOOK_ID), daemonGroupKey: 'warehouse' },
				}),
			),
		);
		expect(missing.error?.message).toMatch(/needs the arguments? '\w+'/);
		expect(both.error?.message).toContain('one destination');
		expect(world.simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('ends within a second when the execution is cancelled', async () => {
		const id = await world.n8n.api.start(
			chain(
				'cancelled',
				manualTrigger(),
				truto('Truto', { operation: 'wait', syncJobRunId: byId(RUNS.growing), pollInterval: 60 }),
			),
		);
		await new Promise((resolve) => setTimeout(resolve, 1500));
		const stoppedAt = Date.now();
		await world.n8n.api.stopExecution(id);
		const execution = await world.n8n.api.waitFor(id);
		expect(execution.status).toBe('canceled');
		expect(Date.now() - stoppedAt).toBeLessThan(1000);
	});
});

/** A run of each kind, and what its diagnosis says. */
const DIAGNOSES: [string, string, string, string | null, string][] = [
	['healthy', RUNS.v4Completed, 'healthy', null, 'nobody'],
	['waiting', RUNS.created, 'waiting', null, 'nobody'],
	['running', RUNS.growing, 'running', null, 'nobody'],
	['paused', RUNS.v4RateLimited, 'paused', 'rate_limit', 'nobody'],
	['stuck', RUNS.v4Stuck, 'stuck', null, 'truto_support'],
	['an expired login', RUNS.failedReauth, 'failed', 'auth', 'end_user'],
	['missing scopes', RUNS.failedScopes, 'failed', 'missing_scopes', 'end_user'],
	['a mapping', RUNS.v4FailedMapping, 'failed', 'mapping', 'job_owner'],
	['a rate limit', RUNS.failedRateLimit, 'failed', 'rate_limit', 'job_owner'],
	['a fault of the app', RUNS.v4FailedUpstream, 'failed', 'upstream', 'job_owner'],
	['a receiver', RUNS.failedDelivery, 'failed', 'delivery', 'receiver'],
	['nothing logged', RUNS.failedNoLogs, 'failed', 'unknown', 'truto_support'],
	['not delivered', RUNS.notDelivered, 'not_delivered', 'delivery', 'receiver'],
	['not stored', RUNS.notStored, 'not_delivered', 'delivery', 'receiver'],
	['dropped', RUNS.dropped, 'records_dropped', 'unknown', 'job_owner'],
	['nothing fetched', RUNS.nothingFetched, 'nothing_fetched', null, 'nobody'],
	['stopped', RUNS.stopped, 'stopped', null, 'job_owner'],
];

describe('Diagnose', () => {
	it('tells a run of each kind apart, in one workflow', async () => {
		const execution = await world.n8n.api.run(
			chain(
				'diagnose',
				manualTrigger(),
				itemsNode(DIAGNOSES.map(([kind, id]) => ({ kind, id }))),
				truto('Diagnose', { operation: 'diagnose', syncJobRunId: byId('={{ $json.id }}') }),
				fieldNode('After', 'kind', "={{ $('Items').item.json.kind }}"),
			),
		);
		expect(execution.error).toBeUndefined();
		const found = execution.nodes.After?.outputs[0]?.map(({ json }) => json) ?? [];
		expect(
			found.map(({ kind, sync_job_run_id, verdict, cause, who_acts }) => [
				...[kind, sync_job_run_id, verdict, cause, who_acts],
			]),
		).toEqual(DIAGNOSES);
		for (const { next_step, summary, not_checked } of found) {
			expect([typeof next_step, typeof summary, not_checked]).toEqual(['string', 'string', []]);
		}
	});
});

describe('Get Many', () => {
	// Last: the runs of the other tests go.
	it('gives all of 1,236 runs, 500 at a time', async () => {
		const { store, requests } = world.simulator;
		store.runs.clear();
		store.addManyRuns(1230, { status: 'stopped' });
		store.addManyRuns(6, { status: 'created' });
		store.addManyRuns(100);
		world.simulator.clearRequests();
		const execution = await world.n8n.api.run(
			chain(
				'all',
				manualTrigger(),
				truto('Truto', {
					operation: 'getAll',
					returnAll: true,
					filters: { status: ['stopped', 'created'], createdAfter: '2000-01-01' },
					simplify: true,
				}),
			),
		);
		const runs = execution.nodes.Truto?.outputs[0]?.map(({ json }) => json) ?? [];
		expect(runs).toHaveLength(1236);
		expect(new Set(runs.map(({ sync_job_run_id: id }) => id)).size).toBe(1236);
		expect(runs.filter(({ status }) => status === 'stopped')).toHaveLength(1230);
		expect(requests.filter(({ path }) => path === '/sync-job-run')).toHaveLength(3);
		// The names of their accounts and jobs.
		expect(requests).toHaveLength(5);
	});

	it('asks for no more than the limit: 560 are requests of 500 and 60', async () => {
		world.simulator.clearRequests();
		const execution = await world.n8n.api.run(
			chain('limited', manualTrigger(), truto('Truto', { operation: 'getAll', limit: 560 })),
		);
		expect(execution.nodes.Truto?.outputs[0]).toHaveLength(560);
		expect(world.simulator.requests.map(({ query }) => String(query.limit))).toEqual(['500', '60']);
	});
});
