import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { chain, byId, manualTrigger, trutoNode } from '../n8n-host/workflow.mts';
import {
	ACCOUNTS,
	RUNS,
	scaledClock,
	SYNC_JOBS,
	UNLIKELY_DIALECT,
	VALID_TOKEN,
} from '../simulator/index.mts';
import { triggerNode } from './trigger.mts';
import { startWorld, type World } from './world.mts';

// The main flows with a Truto that differs in every doubt from what is most likely.

jest.setTimeout(300_000);

/** The simulator's time runs faster, so that a run ends within seconds. */
const TIMES_FASTER = 4;

let world: World;

beforeAll(async () => {
	world = await startWorld({
		simulator: {
			dialect: UNLIKELY_DIALECT,
			allowHttpWebhooks: true,
			clock: scaledClock(TIMES_FASTER),
		},
		n8n: { env: { TZ: 'Pacific/Auckland', GENERIC_TIMEZONE: 'America/Los_Angeles' } },
	});
});

afterAll(async () => {
	await world.close();
});

/** Runs one operation by hand in n8n; gives the JSON of its items. */
async function run(operation: string, parameters: Record<string, unknown>) {
	const node = trutoNode({ operation, ...parameters }, world.credential);
	const execution = await world.n8n.api.run(chain(operation, manualTrigger(), node));
	expect(execution.error).toBeUndefined();
	return execution.nodes.Truto?.outputs[0]?.map(({ json }) => json) ?? [];
}

const v4Run = { syncJobRunId: byId(RUNS.v4Completed) };

describe('before a workflow runs', () => {
	it('the credential is tested', async () => {
		const data = { apiToken: VALID_TOKEN, baseUrl: world.simulator.url };

		expect(await world.n8n.api.testCredential('trutoApi', data)).toMatchObject({ status: 'OK' });
	});

	it('the drop-downs list runs and sync jobs', async () => {
		const search = async (methodName: string, path: string, filter: string) =>
			await world.n8n.api.searchList({
				methodName,
				path: `parameters.${path}`,
				credentialId: world.credential.id,
				filter,
			});

		const runs = await search('searchSyncJobRuns', 'syncJobRunId', RUNS.v4Completed);
		const jobs = await search('searchSyncJobs', 'syncJobId', 'Pipedrive');

		expect(runs.results.map(({ value }) => value)).toEqual([RUNS.v4Completed]);
		expect(jobs.results.map(({ value }) => value)).toEqual([SYNC_JOBS.v4Crm]);
	});
});

describe('what reads', () => {
	it('Get, simplified and split', async () => {
		const [simple] = await run('get', { ...v4Run, simplify: true });
		const rows = await run('get', {
			...v4Run,
			splitResourceStats: true,
			options: { includeUnstartedResources: true },
		});

		expect(simple).toMatchObject({
			sync_job_run_id: RUNS.v4Completed,
			status: 'completed',
			integrated_account_id: ACCOUNTS.pipedrive,
			started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/),
		});
		// From 2 s after its creation to 3 minutes after it, give or take what the times leave out.
		expect(Math.abs(Number(simple?.duration_seconds) - 178)).toBeLessThanOrEqual(1);
		expect(rows.map(({ resource, count }) => [resource, count])).toEqual([
			['list-contacts', 1240],
			['list-deals', 87],
		]);
	});

	it('Get Many, filtered by several statuses and by time', async () => {
		const runs = await run('getAll', {
			returnAll: true,
			filters: {
				status: ['stopped', 'failed'],
				createdAfter: new Date(world.simulator.clock.now() - 5.5 * 3_600_000).toISOString(),
			},
		});

		const ids = runs.map(({ id }) => id);
		expect(ids).toHaveLength(10);
		expect(ids.slice(0, 1)).toEqual([RUNS.failed]);
		expect(ids.slice(-1)).toEqual([RUNS.stopped]);
	});

	it('Get Progress of a run that is stuck', async () => {
		const [progress] = await run('getProgress', { syncJobRunId: byId(RUNS.v4Stuck) });

		expect(progress).toMatchObject({ is_stuck: true, is_running: false });
	});

	it('Get Logs and Diagnose of a run that failed', async () => {
		const ofRun = { syncJobRunId: byId(RUNS.failedReauth) };

		const entries = await run('getLogs', ofRun);
		const [diagnosis] = await run('diagnose', ofRun);

		expect(entries).toMatchObject([
			{ is_error: false, num_records: 200 },
			{ is_error: true, message: expect.stringContaining('The access token expired') },
		]);
		expect(diagnosis).toMatchObject({ verdict: 'failed', cause: 'auth', who_acts: 'end_user' });
	});
});

describe('what acts', () => {
	const args = { start_date: '2026-01-01T12:00:00', webhook_id: 'hook', batch_size: '50' };

	it('Start with fields, Wait, and the rows of the run', async () => {
		const started = trutoNode(
			{
				operation: 'start',
				syncJobId: byId(SYNC_JOBS.v4Crm),
				integratedAccountId: byId(ACCOUNTS.pipedrive),
				argsFields: { mappingMode: 'defineBelow', value: args },
			},
			world.credential,
			{ name: 'Start Sync' },
		);
		const waited = trutoNode(
			{
				operation: 'wait',
				syncJobRunId: byId('={{ $json.id }}'),
				pollInterval: 2,
				splitResourceStats: true,
			},
			world.credential,
		);

		const execution = await world.n8n.api.run(chain('sync', manualTrigger(), started, waited));

		expect(execution.error).toBeUndefined();
		expect(execution.nodes['Start Sync']?.outputs[0]?.[0]?.json.args).toEqual({
			start_date: '2026-01-01',
			webhook_id: 'hook',
			batch_size: 50,
			integrated_account_id: ACCOUNTS.pipedrive,
		});
		const rows = execution.nodes.Truto?.outputs[0]?.map(({ json }) => json) ?? [];
		expect(rows.map(({ resource }) => resource)).toEqual(['list-contacts', 'list-deals']);
		for (const row of rows) {
			expect(row).toMatchObject({
				status: 'completed',
				integrated_account_id: ACCOUNTS.pipedrive,
				count: expect.any(Number),
			});
		}
	});

	it('Wait fails with the reason', async () => {
		const node = trutoNode(
			{ operation: 'wait', syncJobRunId: byId(RUNS.v4FailedMapping) },
			world.credential,
		);

		const { error } = await world.n8n.api.run(chain('failed', manualTrigger(), node));

		expect(error?.message).toMatch(/^Sync job run \S+ failed: .*JSONata error T0410/);
	});

	it('Stop ends a run', async () => {
		const rows = await run('stop', { syncJobRunId: byId(RUNS.v4Running) });

		expect(rows).toEqual([
			{
				deleted: true,
				stopped: true,
				sync_job_run_id: RUNS.v4Running,
				status_before: 'running',
			},
		]);
		expect(world.simulator.store.runs.get(RUNS.v4Running)?.status).toBe('stopped');
	});
});

describe('Truto Trigger', () => {
	it('starts one execution when a run completes', async () => {
		const { api } = world.n8n;
		const id = await api.createActive(
			chain('events', triggerNode(world.credential, { events: ['sync_job_run:completed'] })),
		);

		world.simulator.store.startRun({ sync_job_id: SYNC_JOBS.hris });
		const executions = async () => await api.executionsOf(id);
		for (const deadline = Date.now() + 60_000; (await executions()).length === 0; ) {
			expect(Date.now()).toBeLessThan(deadline);
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
		// A second one would come with the first retry.
		await new Promise((resolve) => setTimeout(resolve, 3_000));
		const all = await executions();
		const execution = await api.waitFor(all[0]?.id ?? '');
		await api.deactivate(id);

		expect(all).toHaveLength(1);
		expect(execution.status).toBe('success');
		expect(JSON.stringify(execution.nodes['Truto Trigger']?.outputs)).toContain(SYNC_JOBS.hris);
	});
});
