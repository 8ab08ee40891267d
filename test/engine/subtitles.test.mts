import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { VALID_TOKEN } from '../simulator/index.mts';
import { NODE_TYPES, nodeTypes } from './n8n/node-types.mts';
import { prepareWorkflow } from './n8n/run-workflow.mts';

/** What the canvas shows under a node's name. */
function subtitleOf(type: string, parameters: INodeParameters): unknown {
	const { workflow } = prepareWorkflow({
		nodes: [{ name: 'Node', type, parameters }],
		connections: {},
		credential: { apiToken: VALID_TOKEN, baseUrl: 'https://api.truto.one' },
	});
	const node = workflow.getNode('Node');
	const { subtitle } = nodeTypes.getByNameAndVersion(type).description;
	if (!node) throw new Error('The workflow has the node');
	return workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {});
}

describe('the subtitle', () => {
	it.each<[string, INodeParameters, string]>([
		[NODE_TYPES.truto, {}, 'Get a sync job run'],
		[NODE_TYPES.truto, { operation: 'wait' }, 'Wait for a sync job run to complete'],
		[
			NODE_TYPES.truto,
			{ resource: 'integratedAccount', operation: 'getAll' },
			'Get many integrated accounts',
		],
		[NODE_TYPES.trutoTool, { operation: 'diagnose' }, 'Diagnose a sync job run'],
		[NODE_TYPES.trutoTrigger, {}, 'Run Completed, Run Failed'],
		[
			NODE_TYPES.trutoTrigger,
			{ events: ['integrated_account:created', 'sync_job_run:created'] },
			'Account Created, Run Created',
		],
		[NODE_TYPES.trutoPollingTrigger, { triggerOn: ['stopped'] }, 'Run Stopped'],
	])('of %s with %j is in words', (type, parameters, expected) => {
		expect(subtitleOf(type, parameters)).toBe(expected);
	});
});
