import './environment.mts';

import { SupplyDataContext } from 'n8n-core';
import { makeHandleToolInvocation } from 'n8n-core/dist/execution-engine/node-execution-context/utils/get-input-connection-data';
import { createRunExecutionData, NodeConnectionTypes } from 'n8n-workflow';
import type { IDataObject, IExecuteData, INode } from 'n8n-workflow';

import { credentialFor, expectNoToken, parametersFor, TRUTO, type TrutoTest } from '../harness.mts';
import { nodeTypes, NODE_TYPES } from './node-types.mts';
import { prepareWorkflow } from './run-workflow.mts';

/**
 * The node as a tool of an agent that runs for one item: n8n calls it as it calls the tools of its agents
 * that do not hand tools to the engine (before version 3), and of an MCP server.
 *
 * @returns calls the tool with what the agent gives for `$fromAI`; the tool's answer, as JSON
 * @throws what the agent is told of an error
 */
export function toolOfAgent(test: TrutoTest): (args: IDataObject) => Promise<unknown> {
	const { workflow, additionalData } = prepareWorkflow({
		nodes: [
			{ name: 'Agent', type: NODE_TYPES.start },
			{
				name: TRUTO,
				type: NODE_TYPES.trutoTool,
				parameters: parametersFor(test),
				...test.settings,
			},
		],
		connections: {},
		credential: credentialFor(test),
	});
	const [agent, tool] = ['Agent', TRUTO].map((name): INode => {
		const node = workflow.getNode(name);
		if (!node) throw new Error(`The workflow has no node ${name}`);
		return node;
	});
	if (!agent || !tool) throw new Error('The workflow has both nodes');
	const runData = createRunExecutionData();
	// The agent's: all calls of all its tools get the same.
	const executeData: IExecuteData = { node: agent, data: { main: [[{ json: {} }]] }, source: null };
	const call = makeHandleToolInvocation(
		(runIndex) =>
			new SupplyDataContext(
				workflow,
				tool,
				additionalData,
				'manual',
				runData,
				runIndex,
				[{ json: {} }],
				{},
				NodeConnectionTypes.AiTool,
				executeData,
				[],
				test.signal,
				agent,
			),
		tool,
		nodeTypes.getByNameAndVersion(NODE_TYPES.trutoTool),
		runData,
	);
	return async (args) => {
		const answer: unknown = await call(args);
		expectNoToken(answer, credentialFor(test).apiToken);
		return JSON.parse(String(answer));
	};
}
