import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

import { signatureFor } from '../simulator/index.mts';
import { TriggerNode, type TriggerTest } from './n8n/trigger-node.mts';

/** What the server answered. */
export interface Answer {
	status: number;
	text: string;
}

/** n8n's webhook server, as far as one trigger needs it: requests over HTTP start executions. */
export class TriggerServer {
	readonly trigger: TriggerNode;
	/** The JSON of the items that each execution started with. */
	readonly executions: IDataObject[][] = [];
	/** What the node threw; a real n8n stores a failed execution for each. */
	readonly errors: unknown[] = [];
	/** The status of each answer. */
	readonly statuses: number[] = [];
	/** How many of the next executions n8n fails to start. */
	failures = 0;
	private readonly server: Server;

	private constructor(trigger: TriggerNode) {
		this.trigger = trigger;
		this.server = createServer((request, response) => {
			void this.answer(request, response);
		});
	}

	/** Starts the server and activates the trigger. */
	static async start(test: TriggerTest): Promise<TriggerServer> {
		const started = new TriggerServer(new TriggerNode(test));
		const { server } = started;
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		test.webhookBaseUrl = `http://127.0.0.1:${String(port)}/webhook`;
		await started.trigger.activate();
		return started;
	}

	async close(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.server.close(() => {
				resolve();
			});
			this.server.closeAllConnections();
		});
	}

	/** Sends a body as Truto would, signed unless the headers say otherwise. */
	async post(body: string, headers: Record<string, string> = {}): Promise<Answer> {
		const secret = this.trigger.memory.secret ?? '';
		const response = await fetch(this.trigger.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'x-truto-signature': signatureFor(body, secret),
				...headers,
			},
			body,
		});
		return { status: response.status, text: await response.text() };
	}

	/** What n8n (packages/cli, `WebhookHelpers.executeWebhook`) does with a request. */
	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		response.once('finish', () => this.statuses.push(response.statusCode));
		const rawBody = await bodyOf(request);
		const send = (status: number, body: unknown) => {
			response.statusCode = status;
			response.end(typeof body === 'string' ? body : JSON.stringify(body));
		};
		const express = {
			status: (code: number) => {
				response.statusCode = code;
				return response;
			},
			json: (body: unknown) => {
				send(response.statusCode, body);
			},
		};
		// n8n reads forms itself; then there is no raw body.
		const isForm = request.headers['content-type']?.startsWith('multipart/');
		Object.assign(request, {
			rawBody: isForm ? undefined : rawBody,
			body: {},
			params: {},
			query: {},
		});
		Object.assign(response, express);
		try {
			const { result, store } = await this.trigger.receive(request, response);
			if (result.workflowData) {
				if (this.failures > 0) {
					this.failures--;
					throw new Error('n8n could not start the execution');
				}
				this.executions.push(...result.workflowData.map((items) => items.map(({ json }) => json)));
			}
			store();
			if (result.noWebhookResponse) return;
			send(200, result.webhookResponse ?? { message: 'Workflow was started' });
		} catch (error) {
			this.errors.push(error);
			send(500, { message: 'Workflow could not be started!' });
		}
	}
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
