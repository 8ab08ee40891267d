import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { JsonRecord } from '../json';
import { operationOptions } from '../parameters/options';
import { propertiesOf, valuesOf, type Parameters, type ValuesOf } from '../parameters/parameter';
import type { ParameterReader } from '../parameters/reader';
import type { TrutoClient } from '../transport/client';
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
	/**
	 * Shows a warning in the output pane, once for all items. n8n has no place for it where its declarative
	 * engine runs the operation.
	 */
	hint: (message: string) => void;
}

/** The work that is left for an item after it was checked. Returns the JSON of its output items. */
export type ItemWork = () => Promise<JsonRecord[]>;

/** One operation: its entry in the drop-down, the parameters it shows, and what it does. */
export type Operation = DeclaredOperation | ProgrammedOperation;

interface OperationEntry {
	option: INodePropertyOptions & { action: string; description: string };
	/** In the order they are shown. */
	properties: INodeProperties[];
}

/** For reading one thing with one request: n8n's engine builds the request. */
export type DeclaredOperation = OperationEntry & { routing: DeclaredRouting };

/** For everything else. */
export type ProgrammedOperation = OperationEntry & (RunsAtOnce | ChecksFirst);

interface RunsAtOnce {
	/** The whole work for one item. Returns the JSON of its output items. */
	run: (item: ItemContext) => Promise<JsonRecord[]>;
	prepare?: undefined;
	routing?: undefined;
	/**
	 * Runs in n8n's `customOperations`, as everything that changes something does: for hints, or for more rows
	 * of one item than n8n's declarative engine can pass on, about 120,000.
	 */
	isCustom?: boolean;
	/** It changes nothing in Truto: if the node fails because of one item, the others can stop. */
	onlyReads?: boolean;
}

interface ChecksFirst {
	run?: undefined;
	routing?: undefined;
	isCustom?: undefined;
	onlyReads?: undefined;
	/** Checks one item and returns the work that is left. */
	prepare: (item: ItemContext) => Promise<ItemWork>;
}

/** A resource of the node, with its operations. */
export interface Resource {
	option: INodePropertyOptions;
	operations: Operation[];
	/** The operation that a new node begins with. */
	defaultOperation: string;
}

/** What an operation's file says of it. */
interface Definition<P extends Parameters, O extends Parameters> {
	/** Its entry in the drop-down. */
	option: OperationEntry['option'];
	/** What the panel shows, in this order. *Options* comes last. */
	parameters: P;
	/** Entries under *Options*, beside those that all operations have. */
	options?: O;
}

/** The values of an operation's parameters for one item. */
type Values<P extends Parameters, O extends Parameters> = ValuesOf<P> & { options: ValuesOf<O> };

/** For reading one thing with one request: the operation's file declares it. */
export function declaredOperation<P extends Parameters, O extends Parameters>({
	routing,
	...definition
}: Definition<P, O> & { routing: DeclaredRouting }): DeclaredOperation {
	return { ...entryOf(definition).entry, routing };
}

/**
 * For everything else. The operation gets the values of its parameters, which are all read before its code
 * runs.
 *
 * @param definition `run` does the whole work for one item and returns the JSON of its output items
 */
export function operation<P extends Parameters, O extends Parameters>({
	run,
	isCustom,
	onlyReads,
	...definition
}: Definition<P, O> &
	Pick<RunsAtOnce, 'isCustom' | 'onlyReads'> & {
		run: (values: Values<P, O>, item: ItemContext) => Promise<JsonRecord[]>;
	}): ProgrammedOperation {
	const { entry, valuesFor } = entryOf(definition);
	return { ...entry, isCustom, onlyReads, run: async (item) => await run(valuesFor(item), item) };
}

/**
 * For an operation that must check all items before it starts with the first one.
 *
 * @param definition `prepare` checks one item and returns the work that is left
 */
export function checkedOperation<P extends Parameters, O extends Parameters>({
	prepare,
	...definition
}: Definition<P, O> & {
	prepare: (values: Values<P, O>, item: ItemContext) => Promise<ItemWork>;
}): ProgrammedOperation {
	const { entry, valuesFor } = entryOf(definition);
	return { ...entry, prepare: async (item) => await prepare(valuesFor(item), item) };
}

function entryOf<P extends Parameters, O extends Parameters>({
	option,
	parameters,
	options,
}: Definition<P, O>) {
	const ownOptions = operationOptions(options ?? ({} as O));
	const entry: OperationEntry = {
		option,
		properties: [...propertiesOf(parameters), ...ownOptions.properties],
	};
	const valuesFor = ({ parameters: reader }: ItemContext): Values<P, O> => ({
		...valuesOf(parameters, reader),
		options: ownOptions.read(reader),
	});
	return { entry, valuesFor };
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
