import './environment.mts';

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeParameters,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';

import { VALID_TOKEN } from '../../simulator/index.mts';
import type { TrutoCredential } from './credentials-helper.mts';
import { nodeTypes, NODE_TYPES } from './node-types.mts';
import { prepareWorkflow } from './run-workflow.mts';

/** What a test says of a workflow that begins with a Truto Trigger. */
export interface TriggerTest {
	simulator: { url: string };
	/** Of the node. */
	parameters?: INodeParameters;
	/** Parts of the credential that differ from the simulator's. */
	credential?: Partial<TrutoCredential>;
	/** Where n8n receives webhooks; a real n8n makes it of WEBHOOK_URL. */
	webhookBaseUrl?: string;
	/** As while the editor waits for a test event. */
	isTest?: boolean;
}

/** What n8n keeps of the node. */
export interface StoredTrigger extends IDataObject {
	webhookId?: string;
	secret?: string;
	seen?: string[];
}

interface Prepared {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
	webhookData: IWebhookData;
}

const NAME = 'Truto Trigger';

/**
 * A trigger as n8n (packages/cli) keeps it: each call gets a workflow made anew of what the database
 * holds, and the static data that the call changed is stored again.
 */
export class TriggerNode {
	/** May be changed between calls, as people change a workflow. */
	readonly test: TriggerTest;
	/** The static data, in the database. */
	stored = '{}';
	/** Called for each log entry of the level `warn`. */
	onWarning: (message: string) => void = () => undefined;
	private readonly webhookId = randomUUID();
	private workflowId = randomUUID();

	constructor(test: TriggerTest) {
		this.test = test;
	}

	/** What n8n has stored of the node. */
	get memory(): StoredTrigger {
		const data = JSON.parse(this.stored) as Record<string, StoredTrigger>;
		return data[`node:${NAME}`] ?? {};
	}

	set memory(memory: StoredTrigger) {
		this.stored = JSON.stringify({ [`node:${NAME}`]: memory });
	}

	/** The address of the webhook, as n8n makes it. */
	get url(): string {
		const { webhookBaseUrl = 'https://n8n.example.com/webhook' } = this.test;
		return `${webhookBaseUrl}/${this.webhookId}/webhook`;
	}

	/** What this process knows of the trigger is lost; what n8n stored is not. */
	restart(): void {
		this.workflowId = randomUUID();
	}

	/** What n8n does when a workflow is activated. */
	async activate(): Promise<void> {
		if (!(await this.call('checkExists'))) await this.call('create');
	}

	async call(method: 'checkExists' | 'create' | 'delete'): Promise<boolean> {
		const { workflow, node, additionalData, webhookData } = this.prepare();
		const methods = nodeTypes.getByNameAndVersion(node.type).webhookMethods?.default;
		if (!methods) throw new Error('The node has no webhook methods');
		const mode = this.test.isTest ? 'manual' : 'trigger';
		const data = webhookData;
		const context = new HookContext(workflow, node, additionalData, mode, 'activate', data);
		const stopListening = this.listenTo(context.logger);
		try {
			const done = await methods[method].call(context);
			this.store(workflow);
			return done;
		} finally {
			stopListening();
		}
	}

	/**
	 * Lets the node receive a request.
	 *
	 * @returns what n8n is to answer, and how to store what the node keeps
	 */
	async receive(
		request: IncomingMessage,
		response: ServerResponse,
	): Promise<{ result: IWebhookResponseData; store: () => void }> {
		const { workflow, node, additionalData, webhookData } = this.prepare();
		Object.assign(additionalData, { httpRequest: request, httpResponse: response });
		const mode = this.test.isTest ? 'manual' : 'webhook';
		const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
		const { webhook } = nodeTypes.getByNameAndVersion(node.type);
		if (!webhook) throw new Error('The node receives no webhooks');
		const stopListening = this.listenTo(context.logger);
		try {
			const result = (await webhook.call(context)) as IWebhookResponseData;
			return {
				result,
				store: () => {
					this.store(workflow);
				},
			};
		} finally {
			stopListening();
		}
	}

	private store(workflow: Workflow): void {
		const { staticData } = workflow as unknown as { staticData: { __dataChanged: boolean } };
		if (staticData.__dataChanged) this.stored = JSON.stringify(staticData);
	}

	private prepare(): Prepared {
		const { parameters = {}, credential, simulator, isTest } = this.test;
		const { workflow, additionalData } = prepareWorkflow({
			nodes: [
				{
					name: NAME,
					type: NODE_TYPES.trutoTrigger,
					parameters: structuredClone(parameters),
					webhookId: this.webhookId,
				},
			],
			connections: {},
			credential: { apiToken: VALID_TOKEN, baseUrl: simulator.url, ...credential },
		});
		workflow.id = this.workflowId;
		workflow.overrideStaticData(JSON.parse(this.stored) as IDataObject);
		(workflow as unknown as { staticData: { __dataChanged: boolean } }).staticData.__dataChanged =
			false;
		const base = this.url.slice(0, this.url.indexOf(`/${this.webhookId}`));
		additionalData[isTest ? 'webhookTestBaseUrl' : 'webhookBaseUrl'] = base;
		const node = workflow.getNode(NAME);
		const webhookDescription = nodeTypes.getByNameAndVersion(NODE_TYPES.trutoTrigger).description
			.webhooks?.[0];
		if (!node || !webhookDescription) throw new Error('The node is in the workflow');
		const webhookData: IWebhookData = {
			httpMethod: 'POST',
			node: NAME,
			path: `${this.webhookId}/webhook`,
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
			isTest,
		};
		return { workflow, node, additionalData, webhookData };
	}

	/** n8n has one logger for all; it goes on logging. */
	private listenTo(logger: HookContext['logger']): () => void {
		const { warn } = logger;
		logger.warn = (message, ...more) => {
			this.onWarning(message);
			warn.call(logger, message, ...more);
		};
		return () => {
			logger.warn = warn;
		};
	}
}
