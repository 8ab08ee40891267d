import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject, INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';

import { signatureFor } from '../simulator/index.mts';
import { TriggerNode, type TriggerExecution, type TriggerTest } from './n8n/trigger-node.mts';

/** What the server answered. */
export interface Answer {
	status: number;
	text: string;
}

/** n8n's webhook server, as far as one trigger needs it: requests over HTTP start executions. */
export class TriggerServer {
	readonly trigger: TriggerNode;
	/** The JSON of the items that each execution went on with from the trigger. */
	readonly executions: IDataObject[][] = [];
	/** The executions that ended at the trigger, which gave no items. */
	ended = 0;
	/** What the node threw when it received a request; a real n8n stores a failed execution for each. */
	readonly errors: unknown[] = [];
	/** The executions that failed. */
	readonly failed: TriggerExecution[] = [];
	/** What the panel shows beside the items of executions. */
	readonly hints: NodeExecutionHint[] = [];
	/** The status of each answer. */
	readonly statuses: number[] = [];
	/** How many of the next executions n8n fails to start. */
	failures = 0;
	/** n8n will be killed before it has run what it starts, so its executions stay unfinished. */
	isFrozen = false;
	/** How many executions the node handed something on to. */
	handedOn = 0;
	/** Called with what an execution is to start with. */
	onHandOn: (items: INodeExecutionData[][]) => void = () => undefined;
	/** Called when an execution was stored, before the answer. */
	beforeAnswer: () => Promise<void> | void = () => undefined;
	/** Called when an answer is on its way. */
	onAnswer: () => void = () => undefined;
	private readonly server: Server;
	private readonly running = new Set<Promise<void>>();

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
		try {
			await started.trigger.activate();
		} catch (error) {
			await started.close();
			throw error;
		}
		return started;
	}

	async close(): Promise<void> {
		await this.idle();
		await new Promise<void>((resolve) => {
			this.server.close(() => {
				resolve();
			});
			this.server.closeAllConnections();
		});
	}

	/** Resolves when all executions have ended. */
	async idle(): Promise<void> {
		while (this.running.size > 0) await Promise.all(this.running);
	}

	/** Sends a body as Truto would, signed unless the headers say otherwise. */
	async post(
		body: string,
		headers: Record<string, string> = {},
		signal?: AbortSignal,
	): Promise<Answer> {
		const secret = this.trigger.memory.secret ?? '';
		const response = await fetch(this.trigger.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				'x-truto-signature': signatureFor(body, secret),
				...headers,
			},
			body,
			signal,
		});
		const text = await response.text();
		await this.idle();
		return { status: response.status, text };
	}

	/** Sends a form, with a signature that was made over a text. */
	async postForm(body: FormData, signed: string): Promise<Answer> {
		const headers = { 'x-truto-signature': signatureFor(signed, this.trigger.memory.secret ?? '') };
		const response = await fetch(this.trigger.url, { method: 'POST', headers, body });
		const text = await response.text();
		await this.idle();
		return { status: response.status, text };
	}

	/** What n8n (packages/cli, `WebhookHelpers.executeWebhook`) does with a request. */
	private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		response.once('finish', () => {
			this.statuses.push(response.statusCode);
			this.onAnswer();
		});
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
		Object.assign(request, {
			...(await parsed(request, rawBody)),
			params: {},
			query: {},
		});
		Object.assign(response, express);
		try {
			const result = await this.trigger.receive(request, response);
			if (result.workflowData) {
				if (this.failures > 0) {
					this.failures--;
					throw new Error('n8n could not start the execution');
				}
				this.handedOn++;
				this.onHandOn(result.workflowData);
				if (!this.isFrozen) this.start(result.workflowData);
				await this.beforeAnswer();
			}
			if (result.noWebhookResponse) return;
			send(200, result.webhookResponse ?? { message: 'Workflow was started' });
		} catch (error) {
			this.errors.push(error);
			send(500, { message: 'Workflow could not be started!' });
		}
	}

	private start(items: INodeExecutionData[][]): void {
		const run = async () => {
			const execution = await this.trigger.execute(items);
			this.hints.push(...execution.hints);
			if (execution.error) this.failed.push(execution);
			else if (execution.items.length === 0) this.ended++;
			else this.executions.push(execution.items.map(({ json }) => json));
		};
		const running = run().finally(() => this.running.delete(running));
		this.running.add(running);
	}
}

/** n8n reads multipart forms itself; then there is no raw body. */
async function parsed(request: IncomingMessage, rawBody: Buffer): Promise<object> {
	const type = request.headers['content-type'] ?? '';
	if (!type.startsWith('multipart/form-data')) return { rawBody, body: {} };
	const headers = { 'content-type': type };
	const form = await new Response(new Uint8Array(rawBody), { headers }).formData().catch(() => []);
	return { body: { data: Object.fromEntries(form), files: {} } };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}
