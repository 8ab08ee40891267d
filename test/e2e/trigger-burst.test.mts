import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { chain } from '../n8n-host/workflow.mts';
import { RUNS, type Delivery } from '../simulator/index.mts';
import { eachAtOnce } from './parallel.mts';
import { storedExecutions } from './stored-executions.mts';
import { triggerNode } from './trigger.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(600_000);

const EVENT = 'sync_job_run:completed';

/** As far apart as Truto's are, so that n8n can come back between two. */
const RETRY_MS = 5_000;

let world: World;

beforeAll(async () => {
	world = await startWorld({
		simulator: { allowHttpWebhooks: true, webhookRetryBaseMs: RETRY_MS },
	});
	// It grows for ever, and so do its events.
	world.simulator.store.patchRun(RUNS.growing, { status: 'stopped' });
});

afterAll(async () => {
	await world.close();
});

async function listen(): Promise<string> {
	const workflow = chain('burst', triggerNode(world.credential, { events: [EVENT] }));
	return await world.n8n.api.createActive(workflow);
}

const send = async (id: string, options = {}) =>
	await world.simulator.webhooks.deliver(EVENT, world.simulator.store.runs.get(RUNS.completed), {
		id,
		...options,
	});

/**
 * Truto's sender, so many at once. n8n itself, with its plain Webhook node, starts about 30 executions a
 * second on two cores, and far fewer on a busy machine: more at the same moment may wait longer than a sender does.
 */
const AT_ONCE = 10;

async function sendAll(ids: string[], optionsOf: (id: string) => object = () => ({})) {
	const sent: Delivery[] = [];
	await eachAtOnce(ids, AT_ONCE, async (id) => {
		sent.push(...(await send(id, optionsOf(id))));
	});
	return sent;
}

const EVENT_ID = /"([0-9a-f]{8}-e7e0-4e7e-8e7e-[0-9a-f]{12})"/;

/** Ids that can be told from all others in an execution's data. */
const newIds = (count: number): string[] =>
	Array.from({ length: count }, () => randomUUID().replace(/-.*-/, '-e7e0-4e7e-8e7e-'));

interface Executions {
	/** The statuses of the executions that each event started, by the event's id. */
	started: Map<string, string[]>;
	/** How many ended at the trigger, because their event had started the workflow before. */
	endedAtTrigger: number;
}

const ENDED = ['success', 'error', 'crashed', 'canceled'];

/** Waits until a workflow has so many executions at least, and all have ended. */
async function executionsOf(workflowId: string, atLeast: number): Promise<Executions> {
	for (const deadline = Date.now() + 120_000; ; await delay(500)) {
		const found: Executions = { started: new Map(), endedAtTrigger: 0 };
		const stored = storedExecutions(world.n8n, workflowId);
		for (const { status, data } of stored) {
			// Also if n8n was killed before the trigger's output was stored.
			const [, eventId] = EVENT_ID.exec(data ?? '') ?? [];
			if (eventId) found.started.set(eventId, [...(found.started.get(eventId) ?? []), status]);
			else if (status === 'success') found.endedAtTrigger++;
		}
		// n8n that was killed before an execution began leaves it as it was.
		const haveEnded = stored.every(({ status }) => ENDED.includes(status));
		if ((haveEnded && stored.length >= atLeast) || Date.now() > deadline) return found;
	}
}

describe('a burst', () => {
	it('of 400 deliveries, 40 of them doubles and 20 forged, starts 340 executions', async () => {
		const workflowId = await listen();
		const genuine = newIds(340);
		const forged = newIds(20);
		const doubled = new Set(genuine.slice(0, 40));
		const isForged = new Set(forged);
		// Forged ones come among the genuine ones, and the doubles first.
		const mixed = genuine.flatMap((id, index) =>
			index % 17 === 0 ? [id, forged.pop() ?? id] : id,
		);
		const deliveries = await sendAll(mixed, (id) => ({
			double: doubled.has(id),
			...(isForged.has(id) ? { forge: true, retries: 0 } : {}),
		}));
		const { started, endedAtTrigger } = await executionsOf(workflowId, genuine.length);
		await world.n8n.api.deactivate(workflowId);
		const statuses = deliveries.map(({ attempts }) => attempts.at(-1)?.status);
		expect(statuses.filter((status) => status === 200)).toHaveLength(380);
		// While the trigger asks Truto whether n8n lost the secret, a forged one gets 503.
		const refused = statuses.filter((status) => status === 401 || status === 503);
		expect(refused).toHaveLength(20);
		expect(refused.filter((status) => status === 401).length).toBeGreaterThan(20 - AT_ONCE);
		expect(started.size).toBe(340);
		expect(genuine.filter((id) => started.get(id)?.join() !== 'success')).toEqual([]);
		// If n8n is too busy to answer in time, Truto sends again what has started the workflow already.
		const sentAgain = deliveries.reduce((sum, { attempts }) => sum + attempts.length - 1, 0);
		expect(endedAtTrigger).toBeLessThanOrEqual(sentAgain);
	});
});

describe('n8n killed in a burst', () => {
	it('starts for each event that Truto sends again after the restart', async () => {
		const workflowId = await listen();
		const ids = newIds(200);
		const { deliveries } = world.simulator.webhooks;
		const before = deliveries.length;
		// On a busy machine, n8n may be away for longer than Truto's three retries take.
		const sent = sendAll(ids, () => ({ retries: 12 }));
		const arrived = () => deliveries.slice(before).filter(({ delivered }) => delivered).length;
		while (arrived() < 50) await delay(5);
		let arrivedBeforeKill = ids.length;
		await world.restart('SIGKILL', () => (arrivedBeforeKill = arrived()));
		const results = await sent;
		const { started } = await executionsOf(workflowId, ids.length);
		const again = results.filter(({ attempts }) => attempts.length > 1);
		expect(arrivedBeforeKill).toBeLessThan(ids.length);
		expect(again.length).toBeGreaterThan(0);
		expect(results.every(({ delivered }) => delivered)).toBe(true);
		// Executions that were cut off show as crashed; n8n keeps no data of them ("unknown").
		const successes = (id: string) =>
			started.get(id)?.filter((status) => status === 'success').length ?? 0;
		const sentAgain = new Set(again.map(({ id }) => id));
		// What n8n takes before its database is ready never reaches the trigger: docs/trigger.md says so.
		const hasReachedTrigger = ({ attempts }: Delivery) =>
			attempts.at(-1)?.body !== 'n8n is starting up. Please wait';
		const lost = again.filter((one) => successes(one.id) === 0 && hasReachedTrigger(one));
		expect(lost.map(({ id, attempts }) => ({ attempts, statuses: started.get(id) }))).toEqual([]);
		// Where the workflow had ended before the kill, but not the answer to Truto, nobody can know that:
		// the event runs again. All others run once at the most.
		const twice = ids.filter((id) => successes(id) > 1);
		expect(twice.filter((id) => !sentAgain.has(id))).toEqual([]);
		expect(twice.length).toBeLessThan(sentAgain.size / 2);
	});
});
