import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { Execution } from '../n8n-host/execution.mts';
import { installHost } from '../n8n-host/install.mts';
import { startN8n, type N8nInstance } from '../n8n-host/n8n.mts';
import { packPackage } from '../n8n-host/pack.mts';
import { byId, chain, itemsNode, manualTrigger, trutoNode } from '../n8n-host/workflow.mts';
import { VALID_TOKEN } from '../simulator/index.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

/** A busy machine doesn't send enough for the usual limit of Truto. */
const LIMIT = { requests: 50, windowMs: 10_000 };

/** Of each process: together four times what Truto takes in a window. */
const RUN_COUNT = 100;

let world: World;
let second: N8nInstance;
let sweeps: { ids: string[]; execution: Execution }[];

beforeAll(async () => {
	await installHost();
	[world, second] = await Promise.all([
		startWorld({ simulator: { rateLimit: LIMIT } }),
		startN8n({ tarball: packPackage().tarball }),
	]);
	await second.api.signIn();
	sweeps = await Promise.all([world.n8n, second].map(sweep));
});

afterAll(async () => {
	await second.stop();
	await world.close();
});

async function sweep({ api }: N8nInstance) {
	const ids = world.simulator.store.addManyRuns(RUN_COUNT);
	const data = { apiToken: VALID_TOKEN, baseUrl: world.simulator.url };
	const { id, name } = await api.createCredential('Shared token', 'trutoApi', data);
	const workflow = chain(
		'sweep',
		manualTrigger(),
		itemsNode(ids.map((runId) => ({ id: runId }))),
		trutoNode({ syncJobRunId: byId('={{ $json.id }}') }, { id, name }),
	);
	return { ids, execution: await api.run(workflow, 240_000) };
}

describe('two n8n processes with one token, each sweeping 100 runs at the same time', () => {
	it('together meet the rate limit, as they do not know each other', () => {
		const { statuses } = world.simulator.requestCounts();
		expect(statuses['429']).toBeGreaterThan(0);
		expect(statuses['200']).toBe(2 * RUN_COUNT);
	});

	it.each([0, 1])('lose, double and mix up nothing (process %i)', (index) => {
		const { ids = [], execution } = sweeps[index] ?? {};
		expect(execution?.error).toBeUndefined();
		const items = execution?.nodes.Truto?.outputs[0] ?? [];
		expect(items.map(({ json }) => json.id)).toEqual(ids);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
	});

	it('run side by side', () => {
		// Each process asks for runs of its own, so the paths tell which one sent a request.
		const spans = sweeps.map(({ ids }) => {
			const own = new Set(ids.map((id) => `/sync-job-run/${id}`));
			const of = world.simulator.requests.filter(({ path }) => own.has(path));
			return { from: of[0]?.startedAt ?? 0, to: of.at(-1)?.startedAt ?? 0 };
		});
		const [one, other] = spans;
		expect(one?.from).toBeLessThan(other?.to ?? 0);
		expect(other?.from).toBeLessThan(one?.to ?? 0);
	});
});
