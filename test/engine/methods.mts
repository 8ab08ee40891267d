import { LoadOptionsContext } from 'n8n-core';
import type { INodeListSearchResult, INodeParameters, ResourceMapperFields } from 'n8n-workflow';

import { credentialFor, parametersFor, type TrutoTest } from './harness.mts';
import { nodeTypes, NODE_TYPES } from './n8n/node-types.mts';
import { prepareWorkflow } from './n8n/run-workflow.mts';

/**
 * The context in which n8n's editor calls the methods of a node, for lists and fields. As in n8n, the node
 * stands alone in a nameless workflow, and there is no execution.
 */
function editorContext(test: TrutoTest, path: string): LoadOptionsContext {
	const parameters: INodeParameters = parametersFor(test);
	const name = 'Temp-Node';
	const { workflow, additionalData } = prepareWorkflow({
		nodes: [{ name, type: NODE_TYPES.truto, parameters }],
		connections: {},
		credential: credentialFor(test),
	});
	const node = workflow.getNode(name);
	if (!node) throw new Error('The node is in the workflow');
	workflow.id = '';
	Reflect.deleteProperty(additionalData, 'executionId');
	additionalData.currentNodeParameters = parameters;
	return new LoadOptionsContext(workflow, node, additionalData, path);
}

/** What a resource locator's list shows. @param path the parameter it belongs to */
export async function searchList(
	test: TrutoTest,
	{ method, path, filter, page }: { method: string; path: string; filter?: string; page?: string },
): Promise<INodeListSearchResult> {
	const search = nodeTypes.getByNameAndVersion(NODE_TYPES.truto).methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list search ${method}`);
	return await search.call(editorContext(test, `parameters.${path}`), filter, page);
}

/** The fields that a resource mapper shows. @param path the parameter it belongs to */
export async function mapFields(
	test: TrutoTest,
	{ method, path }: { method: string; path: string },
): Promise<ResourceMapperFields> {
	const map = nodeTypes.getByNameAndVersion(NODE_TYPES.truto).methods?.resourceMapping?.[method];
	if (!map) throw new Error(`The node has no resource mapping ${method}`);
	return await map.call(editorContext(test, `parameters.${path}`));
}
