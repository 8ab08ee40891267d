import './environment.mts';

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { HookContext, WebhookContext, WorkflowExecute } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type {
	ExecutionError,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	IWebhookData,
	IWebhookResponseData,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { VALID_TOKEN } from '../../simulator/index.mts';
import type { TrutoCredential } from './credentials-helper.mts';
import { nodeTypes, NODE_TYPES } from './node-types.mts';
import { shareRows } from './processed-data.mts';
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
}

/** What became of an execution. */
export interface TriggerExecution {
	/** None if the trigger gave no items. */
	items: INodeExecutionData[];
	error?: ExecutionError;
	/** What the panel shows beside the items. */
	hints: NodeExecutionHint[];
}

interface Prepared {
	workflow: Workflow;
	node: INode;
	additionalData: IWorkflowExecuteAdditionalData;
	webhookData: IWebhookData;
}

const NAME = 'Truto Trigger';

/**
 * A trigger as n8n 2.41 (packages/cli) keeps it: each call gets a workflow made anew of what the database
 * holds. The static data that a call changed is stored again, but not if the call starts an execution.
 */
export class TriggerNode {
	/** May be changed between calls, as people change a workflow. */
	readonly test: TriggerTest;
	/** The static data, in the database. */
	stored = '{}';
	/** Called for each log entry of the level `warn`, of whatever trigger it is. */
	onWarning: (message: string) => void = () => undefined;
	/** The same for the level `info`. */
	onInfo: (message: string) => void = () => undefined;
	/** The workflow's id in the database. */
	readonly databaseId = randomUUID();
	private readonly webhookId = randomUUID();
	private workflowId: string = this.databaseId;

	constructor(test: TriggerTest) {
		this.test = test;
		listeners.add(this);
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
		shareRows(this.workflowId, this.databaseId);
	}

	/** What n8n does when a workflow is activated. */
	async activate(): Promise<void> {
		if (!(await this.call('checkExists'))) await this.call('create');
	}

	async call(method: 'checkExists' | 'create' | 'delete'): Promise<boolean> {
		const { workflow, node, additionalData, webhookData } = this.prepare();
		const methods = nodeTypes.getByNameAndVersion(node.type).webhookMethods?.default;
		if (!methods) throw new Error('The node has no webhook methods');
		const begins = this.test.isTest ? 'manual' : 'trigger';
		// n8n ends a test as it deactivates a workflow.
		const mode = method === 'delete' ? 'internal' : begins;
		const data = webhookData;
		const context = new HookContext(workflow, node, additionalData, mode, 'activate', data);
		listenTo(context.logger);
		const done = await methods[method].call(context);
		this.store(workflow);
		return done;
	}

	/** Lets the node receive a request. @returns what n8n is to answer, and what an execution starts with */
	async receive(request: IncomingMessage, response: ServerResponse): Promise<IWebhookResponseData> {
		const { workflow, node, additionalData, webhookData } = this.prepare();
		Object.assign(additionalData, { httpRequest: request, httpResponse: response });
		const { mode } = this;
		const context = new WebhookContext(workflow, node, additionalData, mode, webhookData, [], null);
		const { webhook } = nodeTypes.getByNameAndVersion(node.type);
		if (!webhook) throw new Error('The node receives no webhooks');
		listenTo(context.logger);
		const result = (await webhook.call(context)) as IWebhookResponseData;
		if (!result.workflowData) this.store(workflow);
		return result;
	}

	/**
	 * Runs an execution.
	 *
	 * @param items what `receive` gave for it
	 * @param mode `retry` if somebody repeats a failed one by hand
	 * @param executionId of an execution that is repeated
	 */
	async execute(
		items: INodeExecutionData[][],
		mode: WorkflowExecuteMode = this.mode,
		executionId?: string,
	): Promise<TriggerExecution> {
		const { workflow, node, additionalData } = this.prepare();
		if (executionId !== undefined) additionalData.executionId = executionId;
		// Between request and execution lies the database, or the queue.
		const main = JSON.parse(JSON.stringify(items)) as INodeExecutionData[][];
		const data = createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main }, source: null }] },
		});
		const execution = new WorkflowExecute(additionalData, mode, data);
		const run = await execution.processRunExecutionData(workflow);
		const [task] = run.data.resultData.runData[NAME] ?? [];
		return {
			items: task?.data?.main?.[0] ?? [],
			error: run.data.resultData.error,
			hints: task?.hints ?? [],
		};
	}

	private get mode(): WorkflowExecuteMode {
		return this.test.isTest ? 'manual' : 'webhook';
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
					parameters: structuredClone({ simplify: false, ...parameters }),
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
}

type Logger = HookContext['logger'];

const listeners = new Set<TriggerNode>();
const heard = new WeakSet<Logger>();

/** n8n has one logger for all; it goes on logging. */
function listenTo(logger: Logger): void {
	if (heard.has(logger)) return;
	heard.add(logger);
	const { warn, info } = logger;
	logger.warn = (message, ...more) => {
		for (const { onWarning } of listeners) onWarning(message);
		warn.call(logger, message, ...more);
	};
	logger.info = (message, ...more) => {
		for (const { onInfo } of listeners) onInfo(message);
		info.call(logger, message, ...more);
	};
}
