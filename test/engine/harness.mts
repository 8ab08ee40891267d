import { inspect } from 'node:util';

import type {
	ExecutionError,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	OnError,
} from 'n8n-workflow';

import { VALID_TOKEN } from '../simulator/index.mts';
import type { CredentialParts, TrutoCredential } from './n8n/credentials-helper.mts';
import { NODE_TYPES } from './n8n/node-types.mts';
import { runWorkflow, type TestNode, type WorkflowResult } from './n8n/run-workflow.mts';

/** What a test says of a run of one Truto node; the rest has defaults. */
export interface TrutoTest {
	/** Only `url` is used: any server will do. */
	simulator: { url: string };
	/** Of the node; `resource` and `operation` are Get Sync Job Run unless given, and *Simplify* is off. */
	parameters?: INodeParameters;
	/** Whether the node is an AI agent's tool. */
	isTool?: boolean;
	/** The JSON of the node's input items; one empty item unless given. */
	items?: IDataObject[];
	onError?: OnError;
	/** Parts of the credential that differ from the simulator's. */
	credential?: CredentialParts;
	/** As expressions in the credential resolve for an item; may throw, as a look-up may. */
	credentialOfItem?: (itemIndex: number) => CredentialParts;
	/** Of the workflow; that of n8n unless given. */
	timezone?: string;
	/** Of the node: `retryOnFail`, `executeOnce`, `alwaysOutputData`. */
	settings?: Partial<INode>;
	/** The fields that a node after each output makes of each item; expressions may look back. */
	after?: INodeParameters;
	/** Stops the execution. */
	signal?: AbortSignal;
}

export interface TrutoResult {
	/** By output; none if the node failed. */
	outputs: INodeExecutionData[][];
	/** The JSON of the first output's items. */
	rows: IDataObject[];
	/** What the nodes `after` each output made of its items. */
	after: IDataObject[][];
	/** The error that stopped the workflow. */
	error?: ExecutionError;
	nodeContext: Record<string, unknown>;
	durationMs: number;
	execution: WorkflowResult;
}

/** The node whose items are a test's `items`. */
export const SOURCE = 'Source';
/** The node under test. */
export const TRUTO = 'Truto';

/** A resource locator's value for an id, or for an expression that gives one. */
export function byId(value: string): INodeParameters {
	return { __rl: true, mode: 'id', value };
}

/** The same for a URL. */
export function byUrl(value: string): INodeParameters {
	return { __rl: true, mode: 'url', value };
}

/** The credential of a simulator. */
export function credentialFor({ simulator, credential }: TrutoTest): TrutoCredential {
	return { apiToken: VALID_TOKEN, baseUrl: simulator.url, ...credential };
}

/** The parameters of the node under test. */
export function parametersFor({ parameters }: TrutoTest): INodeParameters {
	return { resource: 'syncJobRun', operation: 'get', simplify: false, ...parameters };
}

/**
 * Runs `Source -> Truto` (and a node after each of its outputs, if asked for) on n8n's engine.
 *
 * @throws if the API token is anywhere in what n8n would store of the execution
 */
export async function runTruto(test: TrutoTest): Promise<TrutoResult> {
	const { items = [{}], onError, settings, after } = test;
	const afterNames = ['After', 'AfterError'];
	const truto: TestNode = {
		name: TRUTO,
		type: test.isTool ? NODE_TYPES.trutoTool : NODE_TYPES.truto,
		parameters: parametersFor(test),
		onError,
		...settings,
	};
	const afterNodes = afterNames.map((name): TestNode => {
		return { name, type: NODE_TYPES.setFields, parameters: { fields: after ?? {} } };
	});
	const execution = await runWorkflow(
		{
			nodes: [{ name: SOURCE, type: NODE_TYPES.start }, truto, ...afterNodes],
			connections: {
				[SOURCE]: { main: [[{ node: TRUTO, type: 'main', index: 0 }]] },
				...(after && {
					[TRUTO]: { main: afterNames.map((node) => [{ node, type: 'main' as const, index: 0 }]) },
				}),
			},
			pinData: { [SOURCE]: items.map((json) => ({ json })) },
			credential: credentialFor(test),
			credentialOfItem: test.credentialOfItem,
			timezone: test.timezone,
		},
		test.signal,
	);
	expectNoToken(execution.run, credentialFor(test).apiToken);
	const outputs = execution.outputsOf(TRUTO) ?? [];
	return {
		outputs,
		rows: jsonOf(outputs[0]),
		after: afterNames.map((name) => jsonOf(execution.outputsOf(name)?.[0])),
		error: execution.error,
		nodeContext: execution.contextOf(TRUTO),
		durationMs: execution.durationMs,
		execution,
	};
}

function jsonOf(items: INodeExecutionData[] = []): IDataObject[] {
	return items.map(({ json }) => json);
}

/** @throws if a token is anywhere in the value, in hidden properties and error causes too */
export function expectNoToken(value: unknown, token: string): void {
	if (token === '') return;
	const options = {
		depth: Infinity,
		showHidden: true,
		maxArrayLength: null,
		maxStringLength: null,
	};
	const text = `${inspect(value, options)} ${JSON.stringify(value)}`;
	const at = text.indexOf(token);
	if (at < 0) return;
	throw new Error(`The token got into: …${text.slice(Math.max(0, at - 300), at + 300)}…`);
}
