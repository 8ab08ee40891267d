import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { fixedId } from '../simulator/index.mts';
import { credentialFor } from './harness.mts';
import { NODE_TYPES } from './n8n/node-types.mts';
import { runWorkflow } from './n8n/run-workflow.mts';
import { usePolling } from './use-polling.mts';

const RUN = fixedId('c0ee', 3);

/** Both triggers output the same columns. */
const CASES = [
	[
		'trigger.md',
		'{{ $json.integration_name }}: {{ $json.status }}, {{ $json.fetched }} records',
		'hubspot: completed, 120 records',
	],
	['polling-trigger.md', '{{ $json.sync_job_run_id }}', RUN],
] as const;

const { truto, activated, addRun, end } = usePolling();

/** What the trigger outputs, with *Simplify*, for a run that has ended. */
async function triggerItem(): Promise<IDataObject> {
	const node = await activated({ parameters: { simplify: true } });
	const stats = { 'crm/contacts': { list: { fetched: 120, persisted: 117 } } };
	addRun({ id: RUN, status: 'running', resource_stats: stats });
	end(RUN);
	const [polled] = await node.poll();
	const { items, error } = await node.execute(polled ? [polled] : []);
	expect(error).toBeUndefined();
	return items[0]?.json ?? {};
}

async function evaluated(expression: string, json: IDataObject): Promise<unknown> {
	const execution = await runWorkflow({
		nodes: [
			{ name: 'Trigger', type: NODE_TYPES.start },
			{
				name: 'After',
				type: NODE_TYPES.setFields,
				parameters: { fields: { value: `=${expression}` } },
			},
		],
		connections: { Trigger: { main: [[{ node: 'After', type: 'main', index: 0 }]] } },
		pinData: { Trigger: [{ json }] },
		credential: credentialFor({ simulator: truto() }),
	});
	expect(execution.error).toBeUndefined();
	return execution.outputsOf('After')?.[0]?.[0]?.json.value;
}

describe("the example expression on a trigger's page", () => {
	it.each(CASES)('%s: %s', async (page, expression, value) => {
		expect(readFileSync(`docs/${page}`, 'utf8').match(/^.*\{\{ .*$/gm)).toEqual([expression]);
		expect(await evaluated(expression, await triggerItem())).toEqual(value);
	});
});
