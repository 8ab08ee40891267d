import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** One operation: its entry in the drop-down, with its routing, and the parameters it shows. */
export interface Operation {
	option: INodePropertyOptions & { action: string; description: string };
	/** In the order they are shown. A parameter that several operations share is the same object. */
	properties: INodeProperties[];
}

/** A resource of the node, with its operations. */
export interface Resource {
	option: INodePropertyOptions;
	operations: Operation[];
	/** The operation that a new node begins with. */
	defaultOperation: string;
}

/**
 * The parameters of a node with these resources: *Resource*, *Operation*, then each parameter once,
 * shown for the operations that list it. Once, because n8n's engine evaluates every parameter of a node
 * for every item, hidden ones too.
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
			options: resources.map(({ option }) => option),
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
			.map((operation) => operation.option)
			.sort((a, b) => a.name.localeCompare(b.name)),
		default: defaultOperation,
	};
}

function operationParameters({ option, operations }: Resource): INodeProperties[] {
	const shownFor = new Map<INodeProperties, string[]>();
	for (const operation of operations) {
		for (const property of operation.properties) {
			const names = shownFor.get(property) ?? [];
			shownFor.set(property, [...names, String(operation.option.value)]);
		}
	}
	return [...shownFor].map(([property, operationNames]) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: {
				resource: [option.value],
				operation: operationNames,
				...property.displayOptions?.show,
			},
		},
	}));
}
