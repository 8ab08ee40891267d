import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow';

import { compareTexts } from '../text';
import { workOf, type ItemContext, type Operation, type Resource } from './operation';
import { runSingleItem } from './singleItem';

/**
 * The parameters of a node with these resources: *Resource*, *Operation*, then each parameter once,
 * shown for the operations that have it.
 */
export function describeResources(
	defaultResource: string,
	resources: Resource[],
): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ option }) => option).sort((a, b) => compareTexts(a.name, b.name)),
			default: defaultResource,
		},
		...resources.map(operationProperty),
		...resources.flatMap(operationParameters),
	];
}

function operationProperty({ option, operations, defaultOperation }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [option.value] } },
		options: operations
			.map((operation) => ({ ...operation.option, routing: routingOf(operation) }))
			.sort((a, b) => compareTexts(a.name, b.name)),
		default: defaultOperation,
	};
}

/**
 * What n8n's declarative engine does for an operation. n8n calls a `pagination` function once for each
 * item, and only if `paginate` is set: a declared operation has that of the node, a programmed one its own.
 */
function routingOf(operation: Operation): INodePropertyRouting {
	const send = { paginate: true };
	if (operation.routing) return { ...operation.routing, send };
	return {
		send,
		operations: {
			async pagination({ options }) {
				const work = async (item: ItemContext) => await (await workOf(operation, item))();
				const { onlyReads = false } = operation;
				return await runSingleItem(this, { request: options, onlyReads, work });
			},
		},
	};
}

/** Equal parameters are one, because n8n's engine evaluates every parameter of a node for every item. */
function operationParameters({ option, operations }: Resource): INodeProperties[] {
	const known = new Map<string, INodeProperties>();
	const shared = operations.map(({ properties }) =>
		properties.map((property) => {
			const key = JSON.stringify(property);
			const first = known.get(key) ?? property;
			known.set(key, first);
			return first;
		}),
	);
	return inOrder(shared).map((property) => {
		const shownFor = operations.filter((_, index) => shared[index]?.includes(property));
		return {
			...property,
			displayOptions: {
				...property.displayOptions,
				show: {
					resource: [option.value],
					operation: shownFor.map((operation) => String(operation.option.value)),
					...property.displayOptions?.show,
				},
			},
		};
	});
}

/**
 * All entries of some lists, each once, in an order that agrees with every list.
 *
 * @throws if two lists contradict each other
 */
export function inOrder<T>(lists: T[][]): T[] {
	const left = new Set(lists.flat());
	const queues = lists.map((list) => [...list]);
	const ordered: T[] = [];
	while (left.size > 0) {
		const next = [...left].find((entry) =>
			queues.every((queue) => queue[0] === entry || !queue.includes(entry)),
		);
		if (next === undefined)
			throw new Error('Operations list their shared parameters in different orders');
		left.delete(next);
		for (const queue of queues) if (queue[0] === next) queue.shift();
		ordered.push(next);
	}
	return ordered;
}
