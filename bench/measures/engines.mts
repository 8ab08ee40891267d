import { isDeepStrictEqual } from 'node:util';

import type { Workflow } from '../../test/n8n-host/workflow.mts';
import { startBenchHost, startSimulatorProcess } from '../host.mts';
import { times } from '../commandLine.mts';
import { alternate, range, type Result } from '../result.mts';
import { time, trutoWorkflow } from '../workflows.mts';

const RUNS = times(480, 200);
const RESOURCES = 20;
const PAIRS = times(5, 3);

/** As little as a declarative node can be: n8n sends the request itself, and outputs the answer. */
const PLAIN_NODE = `
exports.PlainDeclarative = class {
	description = {
		displayName: 'Plain Declarative',
		name: 'plainDeclarative',
		icon: 'fa:code',
		group: ['input'],
		version: 1,
		description: 'Get a sync job run',
		defaults: { name: 'Plain Declarative' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'trutoApi', required: true }],
		requestDefaults: { baseURL: '={{ $credentials.baseUrl }}' },
		properties: [
			{
				displayName: 'ID',
				name: 'id',
				type: 'string',
				default: '',
				routing: { request: { method: 'GET', url: '=/sync-job-run/{{ $value }}' } },
			},
		],
	};
};
`;

/** *Get* against a plain declarative node: what this package adds to the time that n8n's engine takes. */
export async function measureEngines(): Promise<Result[]> {
	const simulator = await startSimulatorProcess('off');
	const host = await startBenchHost(simulator, {}, { PlainDeclarative: PLAIN_NODE });
	try {
		const ids = await simulator.addRuns(RUNS, RESOURCES);
		const ours = trutoWorkflow({ simulator, host, ids }, false);
		const plain: Workflow = {
			...ours,
			nodes: ours.nodes.map((node) =>
				node.name === 'Truto'
					? { ...node, type: 'CUSTOM.plainDeclarative', parameters: { id: '={{ $json.id }}' } }
					: node,
			),
		};
		const rowsOf = async (workflow: Workflow) => (await time(host, workflow)).rows;
		if (!isDeepStrictEqual(await rowsOf(ours), await rowsOf(plain))) {
			throw new Error('The two nodes give different rows');
		}
		const result = await alternate(
			PAIRS,
			async () => (await time(host, ours)).nodesMs,
			async () => (await time(host, plain)).nodesMs,
		);
		const { ratio, ratios } = result;
		return [
			{
				measure: `_Get_, ${RUNS} runs x ${RESOURCES} resources`,
				measured: `${ratio.toFixed(2)} x (${range(ratios)}), ${result.ours.toFixed(0)} / ${result.theirs.toFixed(0)} ms`,
				goal: '<= 1 x',
				met: ratio <= 1,
			},
		];
	} finally {
		await host.stop();
		simulator.stop();
	}
}
