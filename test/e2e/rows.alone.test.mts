import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { installHost } from '../n8n-host/install.mts';
import { startN8n } from '../n8n-host/n8n.mts';
import { packPackage } from '../n8n-host/pack.mts';
import { temporaryFolder } from '../n8n-host/run.mts';
import { byId, trutoNode } from '../n8n-host/workflow.mts';
import { VALID_TOKEN } from '../simulator/index.mts';
import { addPlainRows, allRowsNode, plainRowsNode, takeRows, type RowsTaken } from './rows.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

const RUNS = 25_000;
const RESOURCES = 20;
const MEGABYTE = 1024 ** 2;

/** A row of *Get Many* with split, as long as those of the simulator's runs. */
const ROW = {
	resource: null,
	methods: 'list',
	fetched: 500,
	persisted: 499,
	integration_name: 'hubspot',
	sync_job_label: 'CRM daily sync',
	status: 'completed',
	started_at: '2026-04-01T10:00:00.000Z',
	finished_at: '2026-04-01T10:05:00.000Z',
	duration_seconds: 300,
	created_at: '2026-04-01T10:00:00.000Z',
	sync_job_run_id: '00000000-0000-4000-b000-000000000001',
	sync_job_id: '00000000-0000-4000-a000-000000000001',
	integrated_account_id: '00000000-0000-4000-a000-000000000002',
};

let world: World;
let plain: RowsTaken;

/** A new n8n, as a heap that has once grown hides what the next one needs. */
async function measurePlainRows(): Promise<RowsTaken> {
	await installHost();
	const userFolder = temporaryFolder('plain-rows');
	addPlainRows(userFolder);
	const n8n = await startN8n({ tarball: packPackage().tarball, userFolder });
	try {
		await n8n.api.signIn();
		return await takeRows(n8n, 'plain', plainRowsNode(RUNS, RESOURCES, ROW));
	} finally {
		await n8n.stop();
	}
}

beforeAll(async () => {
	plain = await measurePlainRows();
	world = await startWorld({
		simulator: { rateLimit: false, recordRequests: false, seed: false },
		n8n: {},
	});
});

afterAll(async () => {
	await world.close();
});

describe('the rows of one input item', () => {
	it('reach the next node if 25,000 runs have 500,000, in the memory that rows take', async () => {
		world.simulator.store.addManyRuns(RUNS, { resources: RESOURCES });
		const taken = await takeRows(world.n8n, 'all', allRowsNode(world.credential));
		const megabytes = [taken, plain].map(({ memory }) => Math.round(memory / MEGABYTE));
		console.log(`500,000 rows: ${megabytes.join(' MB against ')} MB of plain items`, taken, plain);
		expect(plain.counted).toEqual({ count: 500_000, resources: 20, fetched: 5_250_000 });
		expect(taken.counted).toEqual({ count: 500_000, resources: 20, fetched: 249_967_147 });
		// Beside the rows, there are two pages: the next one is read while one is split.
		expect(taken.memory / plain.memory).toBeLessThanOrEqual(1.3);
	});

	it('reach the next node if a run of 150,000 resources is split by method', async () => {
		world.simulator.store.runs.clear();
		world.simulator.store.addManyRuns(1, { resources: 150_000 });
		const split = {
			operation: 'getAll',
			splitResourceStats: true,
			splitBy: 'resourceAndMethod',
		};
		const { counted } = await takeRows(world.n8n, 'one', trutoNode(split, world.credential));
		expect(counted).toMatchObject({ count: 150_000, resources: 150_000 });
	});

	it('reach the next node if a run has 150,000 log entries', async () => {
		const run = world.simulator.store.addRun({ status: 'completed' });
		const logs = await startLogs(run, 150_000);
		const data = { apiToken: VALID_TOKEN, baseUrl: logs.url };
		const { id, name } = await world.n8n.api.createCredential('Logs', 'trutoApi', data);
		const parameters = {
			operation: 'getLogs',
			syncJobRunId: byId(run.id),
			returnAll: true,
			options: { requestsPerTenSeconds: 1_000_000 },
		};
		const { counted } = await takeRows(world.n8n, 'logs', trutoNode(parameters, { id, name }));
		logs.server.close();
		expect(counted).toMatchObject({ count: 150_000, resources: 150_000 });
	});
});

/** A run, and its log: the simulator would sort 150,000 entries for each page. */
async function startLogs(run: object, count: number): Promise<{ server: Server; url: string }> {
	const timestamp = new Date().toISOString();
	const entry = (index: number) => ({ timestamp, resource: `crm/resource_${index}`, logs: [] });
	const server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
		response.setHeader('Content-Type', 'application/json');
		if (pathname !== '/log') {
			response.end(JSON.stringify(run));
			return;
		}
		const from = Number(searchParams.get('next_cursor') ?? 0);
		const to = Math.min(count, from + Number(searchParams.get('limit')));
		const result = Array.from({ length: to - from }, (_, index) => entry(from + index));
		const next_cursor = to < count ? String(to) : null;
		response.end(JSON.stringify({ result, limit: to - from, next_cursor }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
