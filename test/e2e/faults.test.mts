import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { textsOf } from '../engine/error-rows.mts';
import type { Execution } from '../n8n-host/execution.mts';
import { byId, chain, itemsNode, manualTrigger, trutoNode } from '../n8n-host/workflow.mts';
import {
	createCertificate,
	ENVIRONMENT_ID,
	fixedId,
	startSimulator,
	type Simulator,
} from '../simulator/index.mts';
import { manyResources } from '../simulator/seed-stats.mts';
import { FAULT_ROWS, type FaultRow, type Host } from './fault-rows.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

/** Enough to wait side by side, and few enough not to let each other time out. */
const ROWS_AT_ONCE = 8;

/** Each row has a token, and so a rate limiter, and runs of its own: none disturbs another. */
const tokenOf = (index: number) => `truto-fault-token-${index}.`;
const environments = Object.fromEntries(
	FAULT_ROWS.map((_, index) => [tokenOf(index), ENVIRONMENT_ID]),
);
const idsOf = (index: number) => [0, 1, 2].map((item) => fixedId('fa00', index * 3 + item + 1));
const pathOf = (id: string) => `/sync-job-run/${id}`;

let world: World;
let selfSigned: Simulator;
let elsewhere: Server;
const receivedElsewhere: IncomingMessage[] = [];
const receivedFor = (id: string) => receivedElsewhere.filter(({ url }) => url === pathOf(id));
const executions: Execution[] = [];

beforeAll(async () => {
	elsewhere = createServer((request, response) => {
		receivedElsewhere.push(request);
		response.setHeader('content-type', 'application/json').end('{"id":"stolen"}');
	});
	await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
	selfSigned = await startSimulator({ https: createCertificate(), environments, seed: false });
	world = await startWorld({ simulator: { environments, seed: false } });
	const waiting = [...FAULT_ROWS.entries()];
	const workers = Array.from({ length: ROWS_AT_ONCE }, async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const [index, row] = next;
			executions[index] = await runRow(row, index);
		}
	});
	await Promise.all(workers);
});

afterAll(async () => {
	await world.close();
	await selfSigned.close();
	await new Promise((resolve) => elsewhere.close(resolve));
});

async function runRow(row: FaultRow, index: number): Promise<Execution> {
	const { fault, times, onError, options, requestOptions } = row;
	const ids = idsOf(index);
	const simulator = row.host === 'selfSigned' ? selfSigned : world.simulator;
	for (const [item, id] of ids.entries()) {
		const resource_stats = manyResources(item === 1 ? row.resources : 3);
		simulator.store.addRun({ id, status: 'completed', resource_stats });
	}
	const faulty = pathOf(ids[1] ?? '');
	const spec = typeof fault === 'function' ? fault(`${urlOf(elsewhere)}${faulty}`) : fault;
	if (spec) simulator.faults.forPath(faulty, spec, times);
	const data = { apiToken: tokenOf(index), baseUrl: baseUrlOf(row.host) };
	const credential = await world.n8n.api.createCredential(row.name, 'trutoApi', data);
	const parameters = { syncJobRunId: byId('={{ $json.id }}'), options, requestOptions };
	return await world.n8n.api.run(
		chain(
			row.name,
			manualTrigger(),
			itemsNode(ids.map((id) => ({ id }))),
			trutoNode(parameters, { id: credential.id, name: row.name }, { onError }),
		),
	);
}

function baseUrlOf(host: Host): string {
	if (host === 'unknown') return 'http://truto.invalid';
	return host === 'selfSigned' ? selfSigned.url : world.simulator.url;
}

function urlOf(server: Server): string {
	return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** n8n adds to an item what does not matter here. */
function partsOf(items: Record<string, unknown>[]): unknown[] {
	return items.map((item) => expect.objectContaining(item));
}

function requestsFor(id: string): number {
	const all = [...world.simulator.requests, ...selfSigned.requests];
	return all.filter(({ path }) => path === pathOf(id)).length;
}

describe('a fault of the middle one of three runs', () => {
	const rows = FAULT_ROWS.map((row, index) => ({ name: row.name, row, index }));

	it.each(rows)('$name', ({ row, index }) => {
		const { nodes, error, raw } = executions[index] ?? {};
		const ids = idsOf(index);
		const items = ids.map((id, item) => {
			const pairedItem = { item };
			const run = expect.objectContaining({ id, status: 'completed' });
			if (row.out.includes(item)) return { json: run, pairedItem };
			const { message, advice } = textsOf(row, id, item);
			const texts = {
				error: expect.stringMatching(message),
				message: expect.stringContaining(advice),
			};
			return { json: expect.objectContaining(texts), pairedItem };
		});
		const good = items.filter((_, item) => row.out.includes(item));
		const bad = items.filter((_, item) => !row.out.includes(item));
		const outputs = row.onError === 'continueErrorOutput' ? [good, bad] : [items];

		expect(error).toBeUndefined();
		expect(nodes?.Truto?.outputs).toEqual(outputs.map(partsOf));
		expect(ids.map(requestsFor)).toEqual(row.requests);
		expect(ids.flatMap(receivedFor)).toEqual([]);
		expect(raw).not.toContain(tokenOf(index));
	});
});

describe('changes', () => {
	const CHANGES_TOKEN = tokenOf(0);
	const stop = async (name: string, ids: string[], more: object, settings: object = {}) => {
		const data = { apiToken: CHANGES_TOKEN, baseUrl: world.simulator.url };
		const { id } = await world.n8n.api.createCredential(name, 'trutoApi', data);
		const parameters = { operation: 'stop', syncJobRunId: byId('={{ $json.id }}'), ...more };
		const items = itemsNode(ids.map((run) => ({ id: run })));
		world.simulator.clearRequests();
		return await world.n8n.api.run(
			chain(name, manualTrigger(), items, trutoNode(parameters, { id, name }, settings)),
		);
	};
	const deletions = () =>
		world.simulator.requests
			.filter(({ method }) => method === 'DELETE')
			.map(({ path, status }) => `${path} ${String(status)}`);
	const outputOf = ({ nodes }: Execution) => nodes.Truto?.outputs[0]?.map(({ json }) => json);

	it('stop a run once, and delete nothing, if three items have the same run', async () => {
		const { dialect, store } = world.simulator;
		dialect.deletedRun = 'stopped';
		const { id } = store.addRun({ status: 'running', resource_stats: manyResources(2) });

		const execution = await stop('stop once', [id, id, id], {});

		const stopped = { sync_job_run_id: id, stopped: true, status_before: 'running' };
		expect(execution.error).toBeUndefined();
		expect(outputOf(execution)).toMatchObject([stopped, stopped, stopped]);
		expect(deletions()).toEqual([`/sync-job-run/${id} 200`]);
		expect(store.runs.get(id)).toMatchObject({
			status: 'stopped',
			resource_stats: manyResources(2),
		});
	});

	it('are not made again by Retry On Fail, which gives what the first try gave', async () => {
		const { dialect, faults, store } = world.simulator;
		dialect.deletedRun = 'stopped';
		const [works, conflicts] = ['running', 'created'].map(
			(status) => store.addRun({ status }).id,
		) as [string, string];
		faults.forPath(`DELETE /sync-job-run/${conflicts}`, { kind: 'status', status: 409 }, 1);

		const execution = await stop(
			'stop again',
			[works, conflicts],
			{ deleteEndedRuns: true },
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 100 },
		);

		expect(execution.error).toBeUndefined();
		expect(outputOf(execution)).toMatchObject([
			{ sync_job_run_id: works, stopped: true, status_before: 'running' },
			{ sync_job_run_id: conflicts, stopped: true, status_before: 'created' },
		]);
		expect(deletions()).toEqual([
			`/sync-job-run/${works} 200`,
			`/sync-job-run/${conflicts} 409`,
			`/sync-job-run/${conflicts} 200`,
		]);
		expect(store.runs.get(works)?.status).toBe('stopped');
	});
});

describe('the table', () => {
	it('keeps all tokens out of the logs of n8n', () => {
		expect(world.n8n.logs()).not.toMatch(/truto-fault-token/);
	});

	it('would show a redirect that is followed', async () => {
		const index = FAULT_ROWS.findIndex(({ name }) => name.startsWith('a redirect'));
		const id = idsOf(index)[1] ?? '';
		await fetch(`${world.simulator.url}${pathOf(id)}`);
		expect(receivedFor(id)).toHaveLength(1);
	});

	it('has a run of 10 MB', () => {
		const index = FAULT_ROWS.findIndex(({ name }) => name === 'a run of 10 MB');
		const id = idsOf(index)[1] ?? '';
		const sent = JSON.stringify(world.simulator.store.runs.get(id));
		expect(sent.length).toBeGreaterThan(10_000_000);
		const output = executions[index]?.nodes.Truto?.outputs[0]?.[1]?.json;
		// A message about a difference would be as long.
		expect(isDeepStrictEqual(output, JSON.parse(sent))).toBe(true);
	});
});
