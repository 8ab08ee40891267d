import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { TrutoClient } from '../transport/client';
import type { JsonRecord } from '../json';
import type { ParameterReader } from '../parameters/reader';
import type { DeclaredRouting } from './declared';
import type { ItemRun } from './nodeRun';

/** What an operation gets for each input item. */
export interface ItemContext {
	itemIndex: number;
	/** The node's parameters, with expressions resolved for this item. */
	parameters: ParameterReader;
	client: TrutoClient;
	/** The workflow's, such as `Europe/Berlin`. */
	timeZone: string;
	/** What the items of one run of the node share, and what they change. */
	nodeRun: ItemRun;
}

/** The work that is left for an item after it was checked. Returns the JSON of its output items. */
export type ItemWork = () => Promise<JsonRecord[]>;

/** One operation: its entry in the drop-down, the parameters it shows, and what it does. */
export type Operation = DeclaredOperation | ProgrammedOperation;

/** For reading one thing with one request: n8n's engine builds the request. */
export type DeclaredOperation = OperationEntry & { routing: DeclaredRouting };

/** For everything else. */
export type ProgrammedOperation = OperationEntry & (RunsAtOnce | ChecksFirst);

interface OperationEntry {
	option: INodePropertyOptions & { action: string; description: string };
	/** In the order they are shown. A parameter that several operations share is the same object. */
	properties: INodeProperties[];
}

interface RunsAtOnce {
	/** The whole work for one item. Returns the JSON of its output items. */
	run: (item: ItemContext) => Promise<JsonRecord[]>;
	prepare?: undefined;
	routing?: undefined;
	/** More rows for one item than n8n's declarative engine can pass on: about 120,000. */
	manyRows?: boolean;
}

interface ChecksFirst {
	run?: undefined;
	routing?: undefined;
	manyRows?: undefined;
	/**
	 * Instead of `run`, for an operation that must check all items before it starts with the first one:
	 * checks one item and returns the work that is left.
	 */
	prepare: (item: ItemContext) => Promise<ItemWork>;
}

/** A resource of the node, with its operations. */
export interface Resource {
	option: INodePropertyOptions;
	operations: Operation[];
	/** The operation that a new node begins with. */
	defaultOperation: string;
}

/**
 * Checks an item if the operation asks for that. Errors, now or in the work, don't contain the token.
 *
 * @returns the work that is left
 */
export async function workOf(operation: ProgrammedOperation, item: ItemContext): Promise<ItemWork> {
	const { client } = item;
	const work = operation.prepare
		? await operation.prepare(item).catch(client.throwMasked)
		: async () => await operation.run(item);
	return async () => await work().catch(client.throwMasked);
}
