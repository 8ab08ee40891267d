import '../n8n/environment.mts';

import { ExecuteContext, RoutingNode } from 'n8n-core';
import { createEmptyRunExecutionData, type INodeExecutionData, type INodeType } from 'n8n-workflow';

import { TrutoApi } from '../../../credentials/TrutoApi.credentials';
import type { TrutoCredential } from '../n8n/credentials-helper.mts';
import { NODE_TYPES, nodeTypes } from '../n8n/node-types.mts';
import { prepareWorkflow } from '../n8n/run-workflow.mts';

/**
 * What the *Test* of the credential says, as n8n's CredentialsTester (packages/cli) does it: the test's
 * request by the routing engine, then its rules.
 *
 * @returns the message of the rule that applies; undefined if the credential is fine
 */
export async function testCredential(credential: TrutoCredential): Promise<string | undefined> {
	const { test } = new TrutoApi();
	const name = 'Temp-Node';
	const { workflow, additionalData } = prepareWorkflow({
		nodes: [{ name, type: NODE_TYPES.start }],
		connections: {},
		credential,
	});
	const node = workflow.getNode(name);
	if (!node) throw new Error('The node is in the workflow');
	// n8n takes out of a node what its type does not have.
	node.parameters = { temp: '' };
	const nodeType: INodeType = {
		description: {
			...nodeTypes.getByNameAndVersion(NODE_TYPES.start).description,
			credentials: [{ name: 'trutoApi', required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.request },
					default: '',
				},
			],
		},
	};
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const decrypted = { id: 'credential', name: 'Truto', type: 'trutoApi', data: credential };
	const routing = new RoutingNode(context, nodeType, decrypted);
	try {
		return bodyRule((await routing.runNode()) ?? []);
	} catch (error) {
		return codeRule(error);
	}
}

function bodyRule(outputs: INodeExecutionData[][]): string | undefined {
	const body = outputs[0]?.[0]?.json ?? {};
	const rules: { type: string; properties: object }[] = new TrutoApi().test.rules ?? [];
	return rules
		.filter(({ type }) => type === 'responseSuccessBody')
		.map(({ properties }) => properties as { key: string; value: unknown; message: string })
		.find(({ key, value }) => body[key] === value)?.message;
}

function codeRule(error: unknown): string {
	const { cause } = error as { cause?: { response?: { status: number }; code?: string } };
	const status = cause?.response?.status;
	const rule = new TrutoApi().test.rules?.find(({ properties }) => properties.value === status);
	return rule?.properties.message ?? cause?.code ?? String(error);
}
