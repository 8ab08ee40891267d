import { afterEach } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import type { JsonRecord } from '../../lib/json';
import { RUNS, type DeliverOptions, type Delivery, type Simulator } from '../simulator/index.mts';
import type { TriggerTest } from './n8n/trigger-node.mts';
import { TriggerServer } from './trigger-server.mts';
import { useSimulator } from './use-simulator.mts';

/** An active trigger, and the Truto that sends events to it. */
export interface ActiveTrigger {
	server: TriggerServer;
	/** Sends an event through Truto to this trigger, until its execution has ended; no retries unless told. */
	deliver(event: string, payload: unknown, options?: DeliverOptions): Promise<Delivery[]>;
}

/** Gives each test of a file a simulated Truto, and triggers that end with the test. */
export function useTrigger(): {
	truto: () => Simulator;
	activate: (parameters?: INodeParameters, test?: Partial<TriggerTest>) => Promise<ActiveTrigger>;
	/** A run as an event carries it, the completed one unless told otherwise. */
	runOf: (id?: string) => JsonRecord;
} {
	const truto = useSimulator({ allowHttpWebhooks: true, webhookRetryBaseMs: 20 });
	const servers: TriggerServer[] = [];
	afterEach(async () => {
		await Promise.all(servers.splice(0).map(async (server) => await server.close()));
	});
	return {
		truto,
		activate: async (parameters, test) => {
			const server = await TriggerServer.start({ simulator: truto(), parameters, ...test });
			servers.push(server);
			truto().clearRequests();
			return {
				server,
				deliver: async (event, payload, options) => {
					const { webhookId } = server.trigger.memory;
					const deliveries = await truto().webhooks.deliver(event, payload, {
						webhookId,
						retries: 0,
						...options,
					});
					await server.idle();
					return deliveries;
				},
			};
		},
		runOf: (id = RUNS.completed) =>
			JSON.parse(JSON.stringify(truto().store.runs.get(id))) as JsonRecord,
	};
}

/** The last answer to each delivery. */
export function answersTo(deliveries: Delivery[]): (number | null | undefined)[] {
	return deliveries.map(({ attempts }) => attempts.at(-1)?.status);
}
