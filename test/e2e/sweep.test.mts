import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import type { Execution } from '../n8n-host/execution.mts';
import { byId, chain, itemsNode, manualTrigger, trutoNode } from '../n8n-host/workflow.mts';
import { FAULTS } from '../simulator/index.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

const RUN_COUNT = 2_000;

/** One request in a hundred meets one of these. */
const FAULT_RATE = 0.01;
const FAULT_KINDS = [
	FAULTS.badGatewayHtml,
	FAULTS.serverError,
	FAULTS.resetBeforeAnswer,
	FAULTS.resetInBody,
	FAULTS.truncated,
	FAULTS.emptyBody,
];

let world: World;
let ids: string[];
let execution: Execution;

beforeAll(async () => {
	world = await startWorld();
	const { store, faults } = world.simulator;
	ids = store.addManyRuns(RUN_COUNT);
	for (const [index, fault] of FAULT_KINDS.entries()) {
		faults.random(FAULT_RATE / FAULT_KINDS.length, fault, index + 1);
	}
	execution = await world.n8n.api.run(
		chain(
			'sweep',
			manualTrigger(),
			itemsNode(ids.map((id) => ({ id }))),
			trutoNode({ syncJobRunId: byId('={{ $json.id }}') }, world.credential),
		),
		240_000,
	);
});

afterAll(async () => {
	await world.close();
});

describe('a sweep over 2,000 runs where 1 % of the requests break', () => {
	it('loses none, doubles none and mixes up none', () => {
		expect(execution.error).toBeUndefined();
		const items = execution.nodes.Truto?.outputs[0] ?? [];
		expect(items.map(({ json }) => json.id)).toEqual(ids);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		expect(items.filter(({ json }) => json.error !== undefined)).toEqual([]);
	});

	it("stays within Truto's rate limit", () => {
		expect(world.simulator.requestCounts().statuses).not.toHaveProperty('429');
	});

	it('sends one more request for each that broke, and no other', () => {
		const { applied } = world.simulator.faults;
		expect(applied).toBeGreaterThan(5);
		expect(world.simulator.requests).toHaveLength(RUN_COUNT + applied);
		// 0: the connection was reset, so there is no status.
		const { statuses } = world.simulator.requestCounts();
		expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['0', '200', '500', '502']));
	});
});
