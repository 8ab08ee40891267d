import { parseArgs } from 'node:util';

import axios from 'axios';

import { installHost } from '../test/n8n-host/install.mts';
import { byId, chain, trutoNode, type Workflow } from '../test/n8n-host/workflow.mts';
import { startBenchHost, startSimulatorProcess, type BenchHost } from './host.mts';
import { time, trutoWorkflow } from './workflows.mts';

// npm run bench:heap: how many runs fit into the heap of an n8n that is started as usual. With --check 100000 it
// also gets so many, to see whether that is true.
const { values } = parseArgs({ options: { check: { type: 'string' } } });

const RESOURCES = 20;
const [FEW, MANY] = [2_000, 12_000];
/** The characters that a text of V8 can have (`v8::String::kMaxLength`). */
const LONGEST_TEXT = 2 ** 29 - 24;
const MEGABYTE = 1024 ** 2;

/** Gives items with the ids that the simulator's runs have. */
const IDS = `
class Ids {
	description = {
		displayName: 'Ids', name: 'ids', group: ['input'], version: 1, description: 'Ids',
		defaults: { name: 'Ids' }, inputs: ['main'], outputs: ['main'],
		properties: [
			{ displayName: 'First', name: 'first', type: 'string', default: '' },
			{ displayName: 'Count', name: 'count', type: 'number', default: 1 },
		],
	};
	async execute() {
		const [start, number] = /^(.*-)([0-9a-f]+)$/.exec(this.getNodeParameter('first', 0)).slice(1);
		const idOf = (index) => start + (parseInt(number, 16) + index).toString(16).padStart(12, '0');
		const items = Array.from({ length: this.getNodeParameter('count', 0) }, (_, index) => ({
			json: { id: idOf(index) }, pairedItem: { item: 0 },
		}));
		return [items];
	}
}
exports.Ids = Ids;
`;

/** Says what is in the heap after a garbage collection, with the items of all nodes before it. */
const HEAP = `
const v8 = require('v8');
v8.setFlagsFromString('--expose-gc');
const gc = require('vm').runInNewContext('gc');
class Heap {
	description = {
		displayName: 'Heap', name: 'heap', group: ['input'], version: 1, description: 'Heap',
		defaults: { name: 'Heap' }, inputs: ['main'], outputs: ['main'], properties: [],
	};
	async execute() {
		const items = this.getInputData().length;
		gc();
		const { used_heap_size: used, heap_size_limit: limit } = v8.getHeapStatistics();
		return [[{ json: { items, used, limit } }]];
	}
}
exports.Heap = Heap;
`;

interface Heap {
	items: number;
	used: number;
	limit: number;
}

await installHost();
const simulator = await startSimulatorProcess('off');
const count = Math.max(MANY, Number(values.check ?? 0));
const ids = await simulator.addRuns(count, RESOURCES);
const host = await startBenchHost(simulator, {}, { Ids: IDS, Heap: HEAP });
try {
	for (const split of [false, true]) await measure(host, split);
} finally {
	await host.stop();
	simulator.stop();
}

async function measure(on: BenchHost, split: boolean): Promise<void> {
	await heapWith(on, split, 1);
	const few = await heapWith(on, split, FEW);
	const many = await heapWith(on, split, MANY);
	const perRun = (many.used - few.used) / (MANY - FEW);
	const idle = few.used - FEW * perRun;
	const fit = Math.floor((many.limit - idle) / perRun);
	const stored = await storedPerRun(on, split);
	console.log(`Get${split ? ' + split' : ''}, ${RESOURCES} resources:
  heap limit ${megabytes(many.limit)}, of which n8n itself takes ${megabytes(idle)}
  ${(perRun / 1024).toFixed(2)} kB per run: ${fit} runs (${fit * (split ? RESOURCES : 1)} items) fill it
  ${stored.toFixed(0)} characters per run in the stored execution: ${Math.floor(LONGEST_TEXT / stored)} runs fill a text of V8`);
	if (values.check === undefined) return;
	const startedAt = performance.now();
	const outcome = await heapWith(on, split, Number(values.check)).catch(
		(error: unknown) => error as Error,
	);
	const what = outcome instanceof Error ? `failed: ${outcome.message}` : JSON.stringify(outcome);
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
	console.log(`  checked with ${values.check} runs, ${seconds} s: ${what}`);
}

function megabytes(bytes: number): string {
	return `${Math.round(bytes / MEGABYTE)} MB`;
}

/** Nothing is stored, so all that counts are the items. */
async function heapWith(
	{ n8n, credential }: BenchHost,
	split: boolean,
	runs: number,
): Promise<Heap> {
	const path = `heap-${split}-${runs}`;
	const workflow: Workflow = {
		...chain(
			path,
			{
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				webhookId: path,
				parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
			},
			{ name: 'Ids', type: 'CUSTOM.ids', parameters: { first: ids[0], count: runs } },
			trutoNode(
				{
					syncJobRunId: byId('={{ $json.id }}'),
					splitResourceStats: split,
					options: { requestsPerTenSeconds: 1_000_000 },
				},
				credential,
			),
			{ name: 'Heap', type: 'CUSTOM.heap' },
		),
		settings: { saveDataSuccessExecution: 'none' },
	};
	const id = await n8n.api.createActive(workflow);
	const { data, status } = await axios.post<Heap>(`${n8n.url}/webhook/${path}`, undefined, {
		validateStatus: () => true,
	});
	if (status !== 200) throw new Error(`n8n answered ${status}:\n${n8n.logs()}`);
	await n8n.api.deactivate(id);
	if (data.items !== runs * (split ? RESOURCES : 1)) throw new Error(`It gave ${data.items} items`);
	return data;
}

/** How many characters of text a run takes that n8n stores; the ids come from a Code node. */
async function storedPerRun(on: BenchHost, split: boolean): Promise<number> {
	const lengthWith = async (runs: number) => {
		const task = { simulator, host: on, ids: ids.slice(0, runs) };
		return (await time(on, trutoWorkflow(task, split))).execution.raw.length;
	};
	const [few, many] = [200, 1_000];
	return ((await lengthWith(many)) - (await lengthWith(few))) / (many - few);
}
