import { setTimeout as delay } from 'node:timers/promises';

import { beforeAll, expect, it } from '@jest/globals';

import { POLL_MS, pollingNode, triggerNode } from '../e2e/trigger.mts';
import type { N8nInstance } from '../n8n-host/n8n.mts';
import { chain } from '../n8n-host/workflow.mts';
import { RUNS, signatureFor } from '../simulator/index.mts';
import { executionsOf, until } from './executions.mts';
import type { QueueWorld } from './world.mts';

const EVENT = 'sync_job_run:completed';

/** @param running the n8n that other tests have used. It must take webhooks at HTTP. */
export function testTriggers(running: () => QueueWorld): void {
	let world: QueueWorld;
	let processes: N8nInstance[];

	beforeAll(async () => {
		world = running();
		processes = [world.cluster.webhook, await world.cluster.addWebhook()];
	});

	const api = () => world.cluster.main.api;

	/** Sends an event to a webhook process, as a load balancer may. */
	async function send(process: N8nInstance | undefined, id: string): Promise<number> {
		const [webhook] = world.simulator.store.webhooks.values();
		const payload = world.simulator.store.runs.get(RUNS.completed);
		const body = JSON.stringify({
			id,
			event: EVENT,
			payload,
			created_at: new Date().toISOString(),
		});
		const { pathname } = new URL(webhook?.target_url ?? '');
		const answer = await fetch(`${process?.url ?? ''}${pathname}`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'x-truto-signature': signatureFor(body, webhook?.secret ?? ''),
			},
			body,
		});
		await answer.arrayBuffer();
		return answer.status;
	}

	it('an event that both webhook processes get, seconds apart, starts the workflow once', async () => {
		const workflowId = await api().createActive(
			chain('trigger', triggerNode(world.credential, { events: [EVENT] })),
		);
		const [webhook] = world.simulator.store.webhooks.values();
		expect(new URL(webhook?.target_url ?? '').port).toBe(new URL(world.cluster.webhook.url).port);
		const ids = Array.from({ length: 20 }, (_, n) => `event-${String(n).padStart(2, '0')}`);
		const [one, other] = processes;

		// The first ones load the node in both processes and both workers.
		expect([await send(one, 'x'), await send(other, 'y')]).toEqual([200, 200]);
		const first = await Promise.all(ids.map(async (id, n) => await send(n % 2 ? one : other, id)));
		await delay(5_000);
		const second = await Promise.all(ids.map(async (id, n) => await send(n % 2 ? other : one, id)));

		expect(new Set([...first, ...second])).toEqual(new Set([200]));
		await until('the executions', async () => {
			const executions = await executionsOf(api(), workflowId);
			return executions.length === 42 && executions.every(({ status }) => status === 'success');
		});
		const started: string[] = [];
		for (const { id } of await executionsOf(api(), workflowId)) {
			const { nodes } = await api().waitFor(id);
			const items = nodes['Truto Trigger']?.outputs.flat() ?? [];
			started.push(...items.map(({ json }) => String(json.event_id)));
		}
		expect(started.sort()).toEqual([...ids, 'x', 'y']);

		await api().deactivate(workflowId);
		expect(world.simulator.store.webhooks.size).toBe(0);
	});

	it('the polling trigger starts the workflow once for each run, on the workers, also after a crash of the main process', async () => {
		const { store } = world.simulator;
		const addRun = (status: string) => store.addRun({ status }).id;
		const end = (id: string) => {
			store.patchRun(id, { status: 'completed', finished_at: new Date().toISOString() });
		};
		const [before, meanwhile] = [addRun('running'), addRun('running')];
		const workflowId = await api().createActive(chain('polling', pollingNode(world.credential)));
		const started = async (): Promise<string[]> => {
			const executions = await executionsOf(api(), workflowId);
			const ended = await Promise.all(executions.map(async ({ id }) => await api().waitFor(id)));
			const items = ended.flatMap(({ nodes }) => nodes.Polling?.outputs.flat() ?? []);
			return items.map(({ json }) => String(json.sync_job_run_id)).sort();
		};
		const untilStarted = async (count: number): Promise<string[]> => {
			await until('the runs', async () => (await started()).length >= count);
			await delay(2 * POLL_MS);
			return await started();
		};

		end(before);
		expect(await untilStarted(1)).toEqual([before]);
		const crash = world.cluster.restartMain('SIGKILL');
		end(meanwhile);
		const brief = addRun('completed');
		await crash;
		expect(await untilStarted(3)).toEqual([before, meanwhile, brief].sort());

		for (const { id } of await executionsOf(api(), workflowId)) {
			expect(world.cluster.workers.running).toContain(world.cluster.workers.of(id));
		}
		await api().deactivate(workflowId);
	});
}
