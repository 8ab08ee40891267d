import './environment.mts';

import { WorkflowExecute } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	ExecutionError,
	ExecutionStatus,
	IConnections,
	INode,
	INodeExecutionData,
	IPinData,
	IRun,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { additionalDataFor } from './additional-data.mts';
import {
	TestCredentialsHelper,
	type CredentialParts,
	type TrutoCredential,
} from './credentials-helper.mts';
import { nodeTypes } from './node-types.mts';

/** A node of a test's workflow; what is left out does not matter to the test. */
export type TestNode = Pick<INode, 'name' | 'type'> & Partial<INode>;

export interface TestWorkflow {
	/** The first one is where the workflow starts. */
	nodes: TestNode[];
	connections: IConnections;
	/** That of n8n unless given. */
	timezone?: string;
	/** Fixed output of nodes, above all of the start node. */
	pinData?: IPinData;
	credential: TrutoCredential;
	/** As expressions in the credential resolve for an item; may throw, as a look-up may. */
	credentialOfItem?: (itemIndex: number) => CredentialParts;
}

export interface PreparedWorkflow {
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
	credentialsHelper: TestCredentialsHelper;
}

export interface WorkflowResult extends PreparedWorkflow {
	/** All that n8n would store of the execution. */
	run: IRun;
	/** As n8n would store it: it looks no further once an execution is cancelled. */
	status: ExecutionStatus;
	durationMs: number;
	/** The error that stopped the workflow. */
	error?: ExecutionError;
	/** What a node put out, by output; undefined if it did not run. */
	outputsOf(nodeName: string): INodeExecutionData[][] | undefined;
	/** A node's context (`getContext('node')`). */
	contextOf(nodeName: string): Record<string, unknown>;
}

/** Builds the workflow as n8n does before it runs it. */
export function prepareWorkflow(test: TestWorkflow): PreparedWorkflow {
	const nodes = test.nodes.map(
		(node, index): INode => ({
			id: `node-${String(index)}`,
			typeVersion: 1,
			position: [index * 200, 0],
			parameters: {},
			credentials: { trutoApi: { id: 'credential', name: 'Truto' } },
			...node,
		}),
	);
	const { connections } = test;
	const base: IWorkflowBase = {
		id: 'workflow',
		name: 'Test',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes,
		connections,
		settings: { executionOrder: 'v1', ...(test.timezone ? { timezone: test.timezone } : {}) },
	};
	const workflow = new Workflow({ ...base, nodeTypes });
	const credentialsHelper = new TestCredentialsHelper((itemIndex) => ({
		...test.credential,
		...test.credentialOfItem?.(itemIndex),
	}));
	return {
		workflow,
		credentialsHelper,
		additionalData: additionalDataFor(base, credentialsHelper),
	};
}

/**
 * Runs a workflow on n8n's engine, as a click on *Execute workflow* does.
 *
 * @param signal cancels the execution, like the stop button
 */
export async function runWorkflow(
	test: TestWorkflow,
	signal?: AbortSignal,
): Promise<WorkflowResult> {
	const prepared = prepareWorkflow(test);
	let status: ExecutionStatus = 'unknown';
	prepared.additionalData.hooks?.addHandler('workflowExecuteAfter', (ended) => {
		status = ended.status;
	});
	const startedAt = performance.now();
	const execution = new WorkflowExecute(prepared.additionalData, 'manual').run({
		workflow: prepared.workflow,
		startNode: prepared.workflow.getNode(test.nodes[0]?.name ?? '') ?? undefined,
		pinData: test.pinData,
	});
	const cancel = () => {
		execution.cancel();
	};
	signal?.addEventListener('abort', cancel, { once: true });
	const run = await execution;
	signal?.removeEventListener('abort', cancel);
	const { resultData, executionData } = run.data;
	return {
		...prepared,
		run,
		status,
		durationMs: performance.now() - startedAt,
		error: resultData.error,
		outputsOf: (name) => resultData.runData[name]?.at(-1)?.data?.main?.map((items) => items ?? []),
		contextOf: (name) => ({ ...executionData?.contextData[`node:${name}`] }),
	};
}
