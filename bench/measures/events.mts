import { randomUUID } from 'node:crypto';

import { eachAtOnce } from '../../test/e2e/parallel.mts';
import { triggerNode } from '../../test/e2e/trigger.mts';
import { startWorld } from '../../test/e2e/world.mts';
import { chain } from '../../test/n8n-host/workflow.mts';
import { webhookStart } from '../../test/queue/sweep.mts';
import { RUNS } from '../../test/simulator/index.mts';
import { alternate, range, type Result } from '../result.mts';

const EVENT = 'sync_job_run:completed';
const EVENTS = 300;
const AT_ONCE = 50;
const PAIRS = 5;

/**
 * Events that start a workflow of one node, sent by 50 senders: seconds until all are answered, against the
 * same bodies sent to n8n's plain Webhook node, which checks and remembers nothing.
 */
export async function measureEvents(): Promise<Result[]> {
	const world = await startWorld({ simulator: { allowHttpWebhooks: true, recordRequests: false } });
	try {
		const run = world.simulator.store.runs.get(RUNS.completed);
		const { api } = world.n8n;
		await api.createActive(chain('trigger', triggerNode(world.credential, { events: [EVENT] })));
		await api.createActive(chain('plain', webhookStart('plain', 'onReceived')));
		const toTrigger = async (id: string) => {
			const deliveries = await world.simulator.webhooks.deliver(EVENT, run, { id });
			if (deliveries.length !== 1 || !deliveries[0]?.delivered) throw new Error('Not delivered');
		};
		const toWebhook = async (id: string) => {
			const answer = await fetch(`${world.n8n.url}/webhook/plain`, {
				method: 'POST',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ id, event: EVENT, payload: run }),
			});
			if (!answer.ok) throw new Error(`n8n answered ${answer.status}`);
			await answer.arrayBuffer();
		};
		// The first executions load the nodes.
		await send(toTrigger);
		await send(toWebhook);
		const measured = await alternate(
			PAIRS,
			async () => await send(toTrigger),
			async () => await send(toWebhook),
		);
		return [
			{
				measure: `${EVENTS} events, ${AT_ONCE} at once, against n8n's plain Webhook node`,
				measured: `${(EVENTS / measured.ours).toFixed(1)} executions per second against ${(EVENTS / measured.theirs).toFixed(1)}; ${measured.ratio.toFixed(2)} x the time (${range(measured.ratios)})`,
			},
		];
	} finally {
		await world.close();
	}
}

/** Returns seconds. */
async function send(one: (id: string) => Promise<void>): Promise<number> {
	const ids = Array.from({ length: EVENTS }, () => randomUUID());
	const startedAt = performance.now();
	await eachAtOnce(ids, AT_ONCE, one);
	return (performance.now() - startedAt) / 1000;
}
