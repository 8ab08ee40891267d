import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, FAULTS, RUNS, SYNC_JOBS, UNKNOWN_ID } from '../simulator/index.mts';
import { HEALTH_JOBS, seedHealth } from '../simulator/seed-health.mts';
import { until } from '../simulator/test-client.mts';
import { byId } from './harness.mts';
import { toolOfAgent } from './n8n/tool.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const posts = () => truto().requests.filter(({ method }) => method === 'POST');

const startTool = (settings = {}) =>
	toolOfAgent({
		simulator: truto(),
		parameters: {
			operation: 'start',
			syncJobId: byId("={{ $fromAI('job') }}"),
			integratedAccountId: byId(ACCOUNTS.bamboohr),
		},
		settings,
	});

describe('the node as the tool of an agent', () => {
	it('gives an agent a run', async () => {
		const get = toolOfAgent({
			simulator: truto(),
			parameters: { operation: 'get', syncJobRunId: byId("={{ $fromAI('run') }}") },
		});

		expect(await get({ run: RUNS.completed })).toEqual([
			expect.objectContaining({ status: 'completed' }),
		]);
		await expect(get({ run: UNKNOWN_ID })).rejects.toThrow(
			`Sync job run ${UNKNOWN_ID} was not found in Truto (404)`,
		);
	});

	it('gives an agent one item per resource', async () => {
		const get = toolOfAgent({
			simulator: truto(),
			parameters: {
				operation: 'get',
				syncJobRunId: byId("={{ $fromAI('run') }}"),
				splitResourceStats: true,
			},
		});

		const rows = (await get({ run: RUNS.completed })) as IDataObject[];

		expect(rows.map(({ resource, persisted }) => [resource, persisted])).toEqual([
			['crm/contacts', 118],
			['crm/accounts', 40],
			['crm/notes', 12],
		]);
	});

	it('tells an agent whose syncs are broken, as in the example', async () => {
		const example = JSON.parse(readFileSync('examples/ask-an-ai-agent.json', 'utf8')) as {
			nodes: { name: string; parameters: INodeParameters }[];
		};
		const { parameters = {} } = example.nodes.find(({ name }) => name === 'Check Health') ?? {};
		for (const things of [truto().store.runs, truto().store.cronTriggers]) things.clear();
		seedHealth(truto().store, 12);
		const check = toolOfAgent({ simulator: truto(), parameters });
		const healthOf = async (tenant: string) =>
			((await check({ tenant_id: tenant })) as IDataObject[]).map(({ health }) => health);

		expect(await healthOf('')).toEqual(['reconnect', 'stuck', 'failing', 'late', 'losing_records']);
		expect(await healthOf('customer-008')).toEqual(['healthy']);

		const ofJob = toolOfAgent({
			simulator: truto(),
			parameters: { ...parameters, filters: { syncJobId: byId("={{ $fromAI('job') }}") } },
		});
		const rows = (await ofJob({ job: HEALTH_JOBS.contacts })) as IDataObject[];
		expect(rows.map(({ health }) => health)).toContain('healthy');
	});

	it('starts a run with each call, also for the same sync job', async () => {
		const start = startTool();
		const other = truto().store.addSyncJob({ integration_name: 'bamboohr' });

		const started = [
			await start({ job: SYNC_JOBS.hris }),
			await start({ job: SYNC_JOBS.hris }),
			await start({ job: other.id }),
		];

		expect(posts().map(({ body }) => body)).toMatchObject([
			{ sync_job_id: SYNC_JOBS.hris },
			{ sync_job_id: SYNC_JOBS.hris },
			{ sync_job_id: other.id },
		]);
		const ids = started.flat().map((run) => (run as { id: string }).id);
		expect(new Set(ids).size).toBe(3);
	});

	it('does not start a run again if n8n repeats a call', async () => {
		truto().faults.forPath('POST /sync-job-run', FAULTS.resetInBody, 1);
		const start = startTool({ retryOnFail: true, maxTries: 3, waitBetweenTries: 0 });

		await expect(start({ job: SYNC_JOBS.hris })).rejects.toThrow('may have been created');

		expect(posts()).toHaveLength(1);
	});
});

describe('several calls of an agent at once', () => {
	it('start runs without waiting for each other', async () => {
		truto().faults.forPath('POST /sync-job-run', { kind: 'delayHeaders', ms: 5_000 }, 1);
		const start = startTool();
		const ended: string[] = [];
		const startAs = async (name: string) => {
			await start({ job: SYNC_JOBS.hris });
			ended.push(name);
		};

		await Promise.all([
			startAs('slow'),
			until(() => posts().length === 1, 60_000).then(async () => await startAs('fast')),
		]);

		expect(ended).toEqual(['fast', 'slow']);
	});

	it('stop a run, and do not delete it', async () => {
		truto().speak({ deletedRun: 'stopped' });
		truto().faults.forPath('GET /sync-job-run', { kind: 'delayHeaders', ms: 150 });
		const stop = toolOfAgent({
			simulator: truto(),
			parameters: {
				operation: 'stop',
				syncJobRunId: byId("={{ $fromAI('id', '', 'string') }}"),
			},
		});

		const [first, second] = await Promise.allSettled([
			stop({ id: RUNS.running }),
			stop({ id: RUNS.running }),
		]);

		expect(first).toMatchObject({ status: 'fulfilled', value: [{ stopped: true }] });
		expect(String(second.status === 'rejected' && second.reason)).toContain('has already ended');
		expect(truto().store.runs.get(RUNS.running)?.status).toBe('stopped');
		expect(truto().requests.map(({ method }) => method)).toEqual(['GET', 'DELETE', 'GET']);
	});
});
