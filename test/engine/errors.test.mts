import { beforeAll, describe, expect, it } from '@jest/globals';

import { FAULTS, RUNS, startSimulator, type FaultSpec } from '../simulator/index.mts';
import { textsOf, type ErrorRow } from './error-rows.mts';
import { byId, runTruto } from './harness.mts';
import { PASSING } from './passing-rows.mts';
import { REFUSALS } from './refusal-rows.mts';
import { useSimulator } from './use-simulator.mts';

/** The simulator that a row's request went to, and what the node made of it. */
async function runRow({ fault, maxRetries = 0, timeout = 10_000 }: ErrorRow) {
	const simulator = await startSimulator();
	simulator.faults.next(99, fault);
	const result = await runTruto({
		simulator,
		parameters: {
			syncJobRunId: byId(RUNS.completed),
			options: { maxRetries },
			requestOptions: { timeout },
		},
	});
	await simulator.close();
	return { ...result, requests: simulator.requests };
}

describe('an answer that is none becomes an error that says what happened and what to do', () => {
	const rows = Object.entries({ ...REFUSALS, ...PASSING });
	let results: Awaited<ReturnType<typeof runRow>>[];
	// Side by side, because most of them wait.
	beforeAll(async () => {
		results = await Promise.all(rows.map(async ([, row]) => await runRow(row)));
	});

	it.each(rows.map(([name, row], index) => ({ name, row, index })))('$name', ({ row, index }) => {
		const { error, outputs, requests } = results[index] ?? {};

		const { message, advice } = textsOf(row, RUNS.completed, 0);
		expect(error?.message).toMatch(message);
		expect(error?.description).toContain(advice);
		expect(error).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 0 } });
		expect(outputs).toEqual([]);
		expect(requests).toHaveLength(row.requests);
	});
});

describe('an answer that is odd but usable', () => {
	const truto = useSimulator();

	it.each<[string, FaultSpec]>([
		['JSON sent as HTML', FAULTS.htmlContentType],
		['gzip', FAULTS.gzip],
		[
			'a slow answer',
			[
				{ kind: 'delayHeaders', ms: 50 },
				{ kind: 'slowBody', ms: 100 },
			],
		],
	])('is taken: %s', async (_, fault) => {
		truto().faults.next(1, fault);

		const { rows, error } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: byId(RUNS.completed), options: { maxRetries: 0 } },
		});

		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ id: RUNS.completed })]);
	});
});
