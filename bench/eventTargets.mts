import { createHmac, randomUUID } from 'node:crypto';

import { eachAtOnce } from '../test/e2e/parallel.mts';
import { triggerNode } from '../test/e2e/trigger.mts';
import type { World } from '../test/e2e/world.mts';
import { chain } from '../test/n8n-host/workflow.mts';
import { RUNS } from '../test/simulator/index.mts';

const EVENT = 'sync_job_run:completed';
export const AT_ONCE = 50;
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

/** Makes and activates the workflows. */
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
	const [trigger] = [...world.simulator.store.webhooks.values()];
	if (!trigger) throw new Error('The trigger has no webhook');
	const signed = (key: string) => (body: string) => ({
		'x-truto-signature': `format=sha256,v=${createHmac('sha256', key).update(body).digest('hex')}`,
	});
	const plain = `${world.n8n.url}/webhook/plain`;
	return {
		trigger: sender(trigger.target_url, signed(trigger.secret)),
		forged: sender(trigger.target_url, signed('another secret')),
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
