import { describe, expect, it } from '@jest/globals';
import type { OnError } from 'n8n-workflow';

import { FAULTS, RUNS, UNKNOWN_ID } from '../simulator/index.mts';
import { byId, runTruto, type TrutoResult } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

/** A good item, an unknown run, a refused id, a run that can't be split, a good item. */
const ITEMS = [
	{ name: 'first', id: RUNS.twoResources },
	{ name: 'unknown', id: UNKNOWN_ID },
	{ name: 'refused', id: '../api-token' },
	{ name: 'odd', id: RUNS.oddStatsArray },
	{ name: 'last', id: RUNS.completed },
];

const NOT_FOUND = `Sync job run ${UNKNOWN_ID} was not found in Truto (404) [item 1]`;
const REFUSED = 'This is not the ID of a sync job run: ../api-token [item 2]';
const ODD = `The resource_stats of sync job run ${RUNS.oddStatsArray} can't be read: it is an array, not an object [item 3]`;

async function runFive(onError?: OnError): Promise<TrutoResult> {
	return await runTruto({
		simulator: truto(),
		items: ITEMS,
		parameters: { syncJobRunId: byId('={{ $json.id }}'), splitResourceStats: true },
		onError,
		after: {
			source: "={{ $('Source').item.json.name }}",
			resource: '={{ $json.resource }}',
			error: '={{ $json.error }}',
		},
	});
}

const good = (source: string, resource: string) => ({ source, resource });

describe('On Error', () => {
	it.each([['stopWorkflow' as const], [undefined]])(
		'Stop Workflow (%s) stops at the item that was found bad first and names it',
		async (onError) => {
			const { outputs, after, error } = await runFive(onError);

			expect(error?.message).toBe(REFUSED);
			expect(error?.description).toMatch(/^Use the sync job run's ID/);
			expect(error?.context).toMatchObject({ itemIndex: 2 });
			expect(outputs).toEqual([]);
			expect(after).toEqual([[], []]);
		},
	);

	it('Continue passes the good items, and bad ones as errors with what to do', async () => {
		const { rows, after, error } = await runFive('continueRegularOutput');

		expect(error).toBeUndefined();
		const byItem = rows.map((row) => row.error ?? row.resource);
		expect(byItem).toEqual([
			'crm/contacts',
			'crm/accounts',
			NOT_FOUND,
			REFUSED,
			ODD,
			'crm/contacts',
			'crm/accounts',
			'crm/notes',
		]);
		expect(rows[2]).toEqual({
			error: NOT_FOUND,
			message: expect.stringMatching(/\nIt may have been deleted/),
		});
		expect(rows[3]).toEqual({
			error: REFUSED,
			message: expect.stringMatching(/\nUse the sync job run's ID/),
		});
		expect(rows[4]).toEqual({ error: ODD, message: expect.stringMatching(/\nTurn off 'Split/) });
		expect(after[0]?.map(({ source }) => source)).toEqual([
			'first',
			'first',
			'unknown',
			'refused',
			'odd',
			'last',
			'last',
			'last',
		]);
	});

	it('Continue (using error output) sorts good from bad, both linked to their input', async () => {
		const { outputs, after, error } = await runFive('continueErrorOutput');

		expect(error).toBeUndefined();
		expect(after[0]).toEqual([
			good('first', 'crm/contacts'),
			good('first', 'crm/accounts'),
			good('last', 'crm/contacts'),
			good('last', 'crm/accounts'),
			good('last', 'crm/notes'),
		]);
		expect(after[1]).toEqual([
			{ source: 'unknown', error: NOT_FOUND },
			{ source: 'refused', error: REFUSED },
			{ source: 'odd', error: ODD },
		]);
		// n8n adds the input item's own fields.
		expect(outputs[1]?.map(({ json }) => json)).toEqual([
			{
				...ITEMS[1],
				error: NOT_FOUND,
				message: expect.stringMatching(/\nIt may have been deleted/),
			},
			{ ...ITEMS[2], error: REFUSED, message: expect.stringMatching(/\nUse the/) },
			{ ...ITEMS[3], error: ODD, message: expect.stringMatching(/\nTurn off/) },
		]);
	});

	it.each([
		['continueRegularOutput' as const, 0],
		['continueErrorOutput' as const, 1],
	])('%s holds if every item fails, whatever the cause', async (onError, output) => {
		truto().faults.next(3, FAULTS.resetBeforeAnswer);

		const { outputs, error } = await runTruto({
			simulator: truto(),
			items: ITEMS.slice(0, 3),
			parameters: { syncJobRunId: byId('={{ $json.id }}'), options: { maxRetries: 0 } },
			onError,
		});

		expect(error).toBeUndefined();
		expect(outputs[output]?.map(({ json }) => json.error)).toEqual([
			expect.stringMatching(/^The connection to .* broke: .* \[item 0\]$/),
			expect.stringMatching(/^The connection to .* broke: .* \[item 1\]$/),
			REFUSED,
		]);
		expect(outputs.flat()).toHaveLength(3);
	});

	it('a run that has a field "error" is no error', async () => {
		truto().store.patchRun(RUNS.completed, { error: 'of the run' });

		const { outputs } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: byId(RUNS.completed) },
			onError: 'continueErrorOutput',
		});

		expect(outputs.map((items) => items.length)).toEqual([1, 0]);
	});

	it('Retry On Fail of n8n starts the node again', async () => {
		truto().faults.next(1, FAULTS.unprocessable);

		const { rows, error } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: byId(RUNS.completed) },
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});

		expect(error).toBeUndefined();
		expect(rows).toHaveLength(1);
		expect(truto().requests.map(({ status }) => status)).toEqual([422, 200]);
	});
});
