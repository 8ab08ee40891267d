import { isDeepStrictEqual } from 'node:util';

import type { Workflow } from '../../test/n8n-host/workflow.mts';
import { startBenchHost, startSimulatorProcess } from '../host.mts';
import { times } from '../commandLine.mts';
import { alternate, range, type Result } from '../result.mts';
import { time, trutoWorkflow, type Task } from '../workflows.mts';

const RUNS = times(1_000, 500);
const RESOURCES = 20;
const PAIRS = times(5, 3);

/** The packed node without its `customOperations`: n8n then runs every operation by its declarative routing. */
const DECLARATIVE_TRUTO = `
const { Truto } = require('../nodes/node_modules/n8n-nodes-truto/dist/index.js');
class DeclarativeTruto extends Truto {
	constructor() {
		super();
		delete this.customOperations;
		// The icon is not in the folder of this file.
		this.description = { ...this.description, name: 'declarativeTruto', icon: 'fa:code' };
	}
}
exports.DeclarativeTruto = DeclarativeTruto;
`;

/** *Get* in n8n's two engines: as it is, by `customOperations`, and by declarative routing. */
export async function measureEngines(): Promise<Result[]> {
	const simulator = await startSimulatorProcess('off');
	const host = await startBenchHost(simulator, {}, { DeclarativeTruto: DECLARATIVE_TRUTO });
	try {
		const ids = await simulator.addRuns(RUNS, RESOURCES);
		const task = { simulator, host, ids };
		return [await compare(task, false), await compare(task, true)];
	} finally {
		await host.stop();
		simulator.stop();
	}
}

async function compare(task: Task, split: boolean): Promise<Result> {
	const custom = trutoWorkflow(task, split);
	const declarative: Workflow = {
		...custom,
		nodes: custom.nodes.map((node) =>
			node.name === 'Truto' ? { ...node, type: 'CUSTOM.declarativeTruto' } : node,
		),
	};
	const rowsOf = async (workflow: Workflow) => (await time(task.host, workflow)).rows;
	if (!isDeepStrictEqual(await rowsOf(custom), await rowsOf(declarative))) {
		throw new Error('The two engines give different rows');
	}
	const { ratio, ratios, ours, theirs } = await alternate(
		PAIRS,
		async () => (await time(task.host, custom)).nodesMs,
		async () => (await time(task.host, declarative)).nodesMs,
	);
	return {
		measure: `*Get*${split ? ' + split' : ', no split'}, ${RUNS} runs x ${RESOURCES} resources, by \`customOperations\` against declarative routing: node times`,
		measured: `${ratio.toFixed(2)} x (${range(ratios)}; ${ours.toFixed(0)} ms against ${theirs.toFixed(0)} ms)`,
		goal: '<= 1 x, or it should be declarative',
		met: ratio <= 1,
	};
}
