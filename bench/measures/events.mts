import { createHmac, randomUUID } from 'node:crypto';

import { eachAtOnce } from '../../test/e2e/parallel.mts';
import { triggerNode } from '../../test/e2e/trigger.mts';
import { startWorld, type World } from '../../test/e2e/world.mts';
import { chain } from '../../test/n8n-host/workflow.mts';
import { RUNS } from '../../test/simulator/index.mts';
import { times } from '../quick.mts';
import { alternate, median, range, type Result } from '../result.mts';

const EVENT = 'sync_job_run:completed';
const EVENTS = times(300, 100);
const AT_ONCE = 50;
const PAIRS = times(5, 2);
const HEADER = 'x-secret';
const SECRET = 'the-secret';

/** Sends a request; returns the status of the answer. */
export type Send = (body: string) => Promise<number>;

export interface Senders {
	trigger: Send;
	forged: Send;
	webhook: Send;
	webhookRefused: Send;
}

/**
 * Events that start a workflow of one node, and forged ones, sent by 50 senders: how many are answered in
 * a second, against n8n's plain Webhook node with header authentication and the same bodies. That node
 * compares a text, and remembers nothing.
 */
export async function measureEvents(): Promise<Result[]> {
	const world = await startWorld({ simulator: { allowHttpWebhooks: true, recordRequests: false } });
	try {
		const senders = await startTargets(world);
		const seconds = async (send: Send, ...expected: number[]) => {
			const bodies = newEvents(world, EVENTS);
			const startedAt = performance.now();
			await sendAll(bodies, send, ...expected);
			return (performance.now() - startedAt) / 1000;
		};
		const measures = {
			events: async () => await seconds(senders.trigger, 200),
			accepted: async () => await seconds(senders.webhook, 200),
			// 503 while the trigger looks whether it has lost its secret, once a minute.
			forged: async () => await seconds(senders.forged, 401, 503),
			refused: async () => await seconds(senders.webhookRefused, 403),
		};
		// The first requests load the nodes.
		for (const measure of Object.values(measures)) await measure();
		const accepted = await alternate(PAIRS, measures.events, measures.accepted);
		const refused = await alternate(PAIRS, measures.forged, measures.refused);
		return [
			resultOf('events', 'executions', accepted, 0.8),
			resultOf('forged events', 'refusals', refused, 2),
		];
	} finally {
		await world.close();
	}
}

/** The bodies of so many events that have not been sent before. */
export function newEvents({ simulator }: World, count: number): string[] {
	const payload = simulator.store.runs.get(RUNS.completed);
	return Array.from({ length: count }, () =>
		JSON.stringify({
			id: randomUUID(),
			event: EVENT,
			payload,
			created_at: new Date().toISOString(),
		}),
	);
}

/** @throws for an answer with another status */
export async function sendAll(bodies: string[], send: Send, ...expected: number[]): Promise<void> {
	await eachAtOnce(bodies, AT_ONCE, async (body) => {
		const status = await send(body);
		if (!expected.includes(status)) throw new Error(`n8n answered ${status}`);
	});
}

/** @param goal of the rates: ours, as so many times that of the Webhook node */
function resultOf(
	what: string,
	unit: string,
	{ ours, theirs, ratios }: Awaited<ReturnType<typeof alternate>>,
	goal: number,
): Result {
	const rates = ratios.map((ratio) => 1 / ratio);
	const rate = median(rates);
	return {
		measure: `${EVENTS} ${what}, ${AT_ONCE} at once, against n8n's Webhook node with header authentication`,
		measured: `${(EVENTS / ours).toFixed(1)} ${unit} per second against ${(EVENTS / theirs).toFixed(1)}; ${rate.toFixed(2)} x its rate (${range(rates)})`,
		goal: `at least ${goal} x`,
		met: rate >= goal,
	};
}

/** Makes and activates both workflows. */
export async function startTargets(world: World): Promise<Senders> {
	const { api } = world.n8n;
	await api.createActive(chain('trigger', triggerNode(world.credential, { events: [EVENT] })));
	const credential = await api.createCredential('Header', 'httpHeaderAuth', {
		name: HEADER,
		value: SECRET,
	});
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: 'plain',
		parameters: {
			path: 'plain',
			httpMethod: 'POST',
			authentication: 'headerAuth',
			responseMode: 'onReceived',
			options: {},
		},
		credentials: { httpHeaderAuth: credential },
	};
	await api.createActive(chain('plain', webhook));
	const [{ target_url: target = '', secret = '' } = {}] = world.simulator.store.webhooks.values();
	const signed = (key: string) => (body: string) => ({
		'x-truto-signature': `format=sha256,v=${createHmac('sha256', key).update(body).digest('hex')}`,
	});
	const plain = `${world.n8n.url}/webhook/plain`;
	return {
		trigger: sender(target, signed(secret)),
		forged: sender(target, signed('another secret')),
		webhook: sender(plain, () => ({ [HEADER]: SECRET })),
		webhookRefused: sender(plain, () => ({ [HEADER]: 'wrong' })),
	};
}

function sender(url: string, headersOf: (body: string) => Record<string, string>): Send {
	return async (body) => {
		const headers = { 'Content-Type': 'application/json', ...headersOf(body) };
		const answer = await fetch(url, { method: 'POST', headers, body });
		await answer.arrayBuffer();
		return answer.status;
	};
}
