import './n8n/environment.mts';

import { randomUUID } from 'node:crypto';

import { DataDeduplicationService, PollContext, WorkflowExecute } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type {
	ICheckProcessedContextData,
	IDataObject,
	IDeduplicationOutput,
	INode,
	INodeExecutionData,
	INodeParameters,
	NodeExecutionHint,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { VALID_TOKEN } from '../simulator/index.mts';
import type { TrutoCredential } from './n8n/credentials-helper.mts';
import { NODE_TYPES, nodeTypes } from './n8n/node-types.mts';
import { prepareWorkflow, type PreparedWorkflow } from './n8n/run-workflow.mts';

/** What a test says of a workflow that begins with a Truto Polling Trigger. */
export interface PollingTest {
	simulator: { url: string };
	parameters?: INodeParameters;
	credential?: Partial<TrutoCredential>;
	/** The id of the stored credential. */
	credentialId?: string;
}

/** Of n8n's table of processed data: what packages/cli keeps for each node, here in memory. */
const processed = new Map<string, Set<unknown>>();

const needsServer = async () => {
	await Promise.resolve();
	throw new Error('Only a whole n8n has this');
};

void DataDeduplicationService.init({
	checkProcessedAndRecord: async (items, _scope, { node }: ICheckProcessedContextData) => {
		const known = processed.get(node?.id ?? '') ?? new Set();
		processed.set(node?.id ?? '', known);
		const output: IDeduplicationOutput = { new: [], processed: [] };
		// It reads, and writes later: two at once could overwrite each other.
		const before = new Set(known);
		await new Promise((resolve) => setTimeout(resolve, 5));
		for (const item of items) output[before.has(item) ? 'processed' : 'new'].push(item);
		known.clear();
		for (const item of [...before, ...output.new]) known.add(item);
		return output;
	},
	removeProcessed: needsServer,
	clearAllProcessedItems: needsServer,
	getProcessedDataCount: needsServer,
});

const NAME = 'Truto Polling Trigger';

/** What an execution that began with the trigger gave. */
export interface PollingExecution {
	items: INodeExecutionData[];
	error?: { message: string; description?: string | null };
	/** What the output pane shows. */
	hints: NodeExecutionHint[];
}

/**
 * A polling trigger as n8n (packages/cli) keeps it: its polls share the workflow that was made of what the
 * database held at activation, and static data is stored at activation and when a poll gives items.
 */
export class PollingNode {
	readonly test: PollingTest;
	/** The static data, in the database. */
	stored = '{}';
	/** What the node has logged at the level `warn`. */
	readonly warnings: string[] = [];
	private readonly nodeId = randomUUID();
	private workflowId = randomUUID();
	/** n8n has one context for all polls of an activation. */
	private polls: PollContext | undefined;

	constructor(test: PollingTest) {
		this.test = test;
	}

	/** Runs the first poll, as n8n does on activation and when it starts. */
	async activate(): Promise<INodeExecutionData[]> {
		this.polls = this.begin();
		const items = await this.poll();
		this.store();
		return items;
	}

	/** Another process: what this one knows of the trigger is lost. */
	async restart(): Promise<INodeExecutionData[]> {
		this.workflowId = randomUUID();
		return await this.activate();
	}

	/** One poll. @returns what n8n gives to the execution that it starts; empty if it starts none */
	async poll(): Promise<INodeExecutionData[]> {
		this.polls ??= this.begin();
		const context = this.polls;
		const { warn } = context.logger;
		context.logger.warn = (message) => this.warnings.push(message);
		try {
			const polled = await nodeTypes
				.getByNameAndVersion(context.getNode().type)
				.poll?.call(context);
			if (!polled) return [];
			this.store();
			return polled[0] ?? [];
		} finally {
			context.logger.warn = warn;
		}
	}

	/** The execution that n8n starts with a poll's items. */
	async execute(
		items: INodeExecutionData[],
		mode: WorkflowExecuteMode = 'trigger',
		settings: Partial<INode> = {},
	): Promise<PollingExecution> {
		const { workflow, additionalData } = this.prepare();
		const node = Object.assign(nodeOf(workflow), settings);
		const data = createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main: [items] }, source: null }] },
		});
		const execution = new WorkflowExecute(additionalData, mode, data);
		const { resultData } = (await execution.processRunExecutionData(workflow)).data;
		const task = resultData.runData[NAME]?.at(-1);
		return {
			items: task?.data?.main?.[0] ?? [],
			error: resultData.error,
			hints: task?.hints ?? [],
		};
	}

	/** A poll, and the execution that it starts. */
	async pollAndExecute(): Promise<IDataObject[]> {
		const items = await this.poll();
		if (items.length === 0) return [];
		const { items: output, error } = await this.execute(items);
		if (error) throw new Error(error.message);
		return output.map(({ json }) => json);
	}

	/** What *Fetch Test Event* in the editor does. */
	async fetchTestEvent(): Promise<PollingExecution> {
		return await this.execute([{ json: {} }], 'manual');
	}

	private begin(): PollContext {
		const { workflow, additionalData } = this.prepare();
		return new PollContext(workflow, nodeOf(workflow), additionalData, 'trigger', 'activate');
	}

	private store(): void {
		const { staticData } = this.polls?.workflow as unknown as { staticData: IDataObject };
		this.stored = JSON.stringify(staticData);
	}

	private prepare(): PreparedWorkflow {
		const { parameters = {}, credential, credentialId = 'credential', simulator } = this.test;
		const prepared = prepareWorkflow({
			nodes: [
				{
					id: this.nodeId,
					name: NAME,
					type: NODE_TYPES.trutoPollingTrigger,
					parameters: structuredClone({ simplify: false, ...parameters }),
					credentials: { trutoApi: { id: credentialId, name: 'Truto' } },
				},
			],
			connections: {},
			credential: { apiToken: VALID_TOKEN, baseUrl: simulator.url, ...credential },
		});
		prepared.workflow.id = this.workflowId;
		prepared.workflow.overrideStaticData(JSON.parse(this.stored) as IDataObject);
		return prepared;
	}
}

function nodeOf(workflow: Workflow): INode {
	const node = workflow.getNode(NAME);
	if (!node) throw new Error('The node is in the workflow');
	return node;
}
