import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { byId, trutoNode } from '../n8n-host/workflow.mts';
import { VALID_TOKEN } from '../simulator/index.mts';
import { allRowsNode, takeRows } from './rows.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

const RUNS = 25_000;
const RESOURCES = 20;
const MEGABYTE = 1024 ** 2;

/**
 * For what n8n takes above its idle state, in MB. It took 290 to 340 for these rows, and 415 when all answers were
 * kept until the end. A node that makes such rows out of nothing took 180 to 320, as V8 collects when it likes, so
 * it is nothing to compare with.
 */
const MOST_MEGABYTES = 375;

let world: World;

beforeAll(async () => {
	world = await startWorld({
		simulator: { rateLimit: false, recordRequests: false, seed: false },
		n8n: {},
	});
});

afterAll(async () => {
	await world.close();
});

describe('the rows of one input item', () => {
	it('reach the next node if 25,000 runs have 500,000, in little more memory than the rows take', async () => {
		world.simulator.store.addManyRuns(RUNS, { resources: RESOURCES });
		const taken = await takeRows(world.n8n, 'all', allRowsNode(world.credential));
		const megabytes = taken.memory / MEGABYTE;
		console.log(`500,000 rows took ${Math.round(megabytes)} MB`, taken);
		expect(taken.counted).toEqual({ count: 500_000, resources: 20, fetched: 249_967_147 });
		expect(megabytes).toBeLessThanOrEqual(MOST_MEGABYTES);
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
