import './environment.mts';
import './patterns.mts';

import { DirectoryLoader, RoutingNode } from 'n8n-core';
import type { ExecuteContext } from 'n8n-core';
import { NodeConnectionTypes, NodeHelpers } from 'n8n-workflow';
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	NodeParameterValueType,
} from 'n8n-workflow';

import { Truto } from '../../../nodes/Truto/Truto.node';
import { TrutoPollingTrigger } from '../../../nodes/TrutoPollingTrigger/TrutoPollingTrigger.node';
import { TrutoTrigger } from '../../../nodes/TrutoTrigger/TrutoTrigger.node';

/** The node types that test workflows are made of. */
export const NODE_TYPES = {
	/** Starts a workflow, like the Manual Trigger. Its items are its pinned data. */
	start: 'test.start',
	/** Like Edit Fields: each item's JSON becomes the parameter `fields`, expressions resolved. */
	setFields: 'test.setFields',
	truto: 'n8n-nodes-truto.truto',
	/** The same as an AI agent's tool. */
	trutoTool: 'n8n-nodes-truto.trutoTool',
	trutoPollingTrigger: 'n8n-nodes-truto.trutoPollingTrigger',
	trutoTrigger: 'n8n-nodes-truto.trutoTrigger',
} as const;

const describe = (
	name: string,
	rest: Pick<INodeTypeDescription, 'inputs' | 'group' | 'properties'>,
): INodeTypeDescription => ({
	displayName: name,
	name,
	version: 1,
	description: '',
	defaults: { name },
	outputs: [NodeConnectionTypes.Main],
	...rest,
});

class Start implements INodeType {
	description = describe('start', { inputs: [], group: ['trigger'], properties: [] });

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await Promise.resolve([this.getInputData()]);
	}
}

class SetFields implements INodeType {
	description = describe('setFields', {
		inputs: [NodeConnectionTypes.Main],
		group: ['transform'],
		properties: [{ displayName: 'Fields', name: 'fields', type: 'json', default: {} }],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData().map((_, item): INodeExecutionData => {
			const fields: NodeParameterValueType | object = this.getNodeParameter('fields', item);
			return { json: fields as INodeExecutionData['json'], pairedItem: { item } };
		});
		return await Promise.resolve([items]);
	}
}

/** A declarative node as n8n registers it: with its request options, run by its routing engine. */
function declarative(nodeType: INodeType): INodeType {
	DirectoryLoader.applyDeclarativeNodeOptionParameters(nodeType);
	nodeType.execute = async function () {
		const routingNode = new RoutingNode(this as unknown as ExecuteContext, nodeType);
		return (await routingNode.runNode()) ?? [];
	};
	return nodeType;
}

/** By the end of its name n8n knows a tool, which has parameters of its own. Its output stays an ordinary one. */
function asTool(nodeType: INodeType): INodeType {
	nodeType.description.name += 'Tool';
	return nodeType;
}

const registered: Record<string, INodeType> = {
	[NODE_TYPES.start]: new Start(),
	[NODE_TYPES.setFields]: new SetFields(),
	[NODE_TYPES.truto]: declarative(new Truto()),
	[NODE_TYPES.trutoTool]: asTool(declarative(new Truto())),
	[NODE_TYPES.trutoPollingTrigger]: new TrutoPollingTrigger(),
	[NODE_TYPES.trutoTrigger]: new TrutoTrigger(),
};

function typeNamed(name: string): INodeType {
	const found = registered[name];
	if (!found) throw new Error(`No node type ${name} is registered`);
	return found;
}

/** n8n's registry of node types. */
export const nodeTypes: INodeTypes = {
	getByName: typeNamed,
	getByNameAndVersion: (name, version) =>
		NodeHelpers.getVersionedNodeType(typeNamed(name), version),
	getKnownTypes: () => ({}),
};
