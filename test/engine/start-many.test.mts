import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, FAULTS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const posts = () => truto().requests.filter(({ method }) => method === 'POST');

/** The values of the argument `since` of the runs that Truto was asked to start, in order. */
const started = () =>
	posts().map(({ body }) => (body as { args: { since?: string } }).args.since ?? null);

const RETRIED = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** Five items that each start a run; those that have no date lack a required argument. */
const startFive = async (
	dates: (string | null)[],
	rest: Partial<TrutoTest> = {},
	parameters: INodeParameters = {},
) =>
	await runTruto({
		simulator: truto(),
		items: dates.map((since) => ({ since })),
		parameters: {
			operation: 'start',
			syncJobId: byId(SYNC_JOBS.crm),
			integratedAccountId: byId(ACCOUNTS.hubspot),
			argsFields: { mappingMode: 'defineBelow', value: { since: '={{ $json.since }}' } },
			...parameters,
		},
		...rest,
	});

const ALL = ['d0', 'd1', 'd2', 'd3', 'd4'];
const ONE_MISSING = ['d0', 'd1', 'd2', null, 'd4'];

/** Answers one of the items' POSTs, by its place, with a fault. */
function failPost(place: number, fault: typeof FAULTS.unprocessable | typeof FAULTS.resetInBody) {
	truto().faults.forPath('POST /sync-job-run', { kind: 'delayHeaders', ms: 1 }, place);
	truto().faults.forPath('POST /sync-job-run', fault, 1);
}

describe('Start with several items', () => {
	it('starts a run for each, and reads their sync job once', async () => {
		const { rows, outputs, error } = await startFive(ALL);

		expect(error).toBeUndefined();
		expect(rows.map(({ args }) => (args as { since: string }).since)).toEqual(ALL);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3, 4].map((item) => ({ item })),
		);
		expect(started().sort()).toEqual(ALL);
		expect(truto().requests.filter(({ path }) => path.startsWith('/sync-job/'))).toHaveLength(1);
	});

	it.each([{}, RETRIED])('starts none if one lacks an argument (%j)', async (settings) => {
		const { error } = await startFive(ONE_MISSING, { settings });

		expect(error?.message).toBe("The sync job needs the argument 'since' [item 3]");
		expect(error?.description).toBe("Enter it under 'Arguments'.");
		expect(posts()).toEqual([]);
	});

	it('says what was started if one is refused', async () => {
		failPost(2, FAULTS.unprocessable);

		const { error } = await startFive(ALL);

		expect(error?.message).toMatch(
			/^Truto refused the request \(422\): sync job run of sync job .* \[item \d\]$/,
		);
		const ids = [...truto().store.runs.values()]
			.filter(({ args }) => ALL.includes(String(args?.since)))
			.map(({ id }) => id);
		expect(ids).toHaveLength(4);
		for (const id of ids) expect(error?.description).toContain(`${id} (item `);
		expect(error?.description).toContain('These sync job runs were created: ');
		expect(error?.description).toContain("'Retry On Fail' does not repeat this");
		expect(posts()).toHaveLength(5);
	});

	it('starts only those that are left when n8n tries again', async () => {
		failPost(2, FAULTS.unprocessable);

		const { rows, error } = await startFive(ALL, { settings: RETRIED });

		expect(error).toBeUndefined();
		expect(rows.map(({ args }) => (args as { since: string }).since)).toEqual(ALL);
		expect(
			posts()
				.map(({ status }) => status)
				.sort(),
		).toEqual([201, 201, 201, 201, 201, 422]);
	});

	it('does not hide or repeat what may have been started', async () => {
		failPost(2, FAULTS.resetInBody);

		const { error } = await startFive(ALL, { settings: RETRIED });

		expect(error?.message).toMatch(/may have been created, but Truto did not confirm it/);
		expect(error?.description).toContain('These sync job runs were created: ');
		expect(posts()).toHaveLength(5);
	});

	it('starts no second run if the wait for the first one failed', async () => {
		const { error } = await startFive(
			['d0'],
			{ settings: RETRIED },
			{ waitForCompletion: true, pollInterval: 2, timeout: 0.01 },
		);

		expect(error?.message).toMatch(/did not end within 0\.01 minutes: it was (created|running)/);
		expect(posts()).toHaveLength(1);
	});

	it('starts what it can, and outputs errors as items, if On Error says to continue', async () => {
		const { rows, error } = await startFive(ONE_MISSING, { onError: 'continueRegularOutput' });

		expect(error).toBeUndefined();
		expect(started().sort()).toEqual(['d0', 'd1', 'd2', 'd4']);
		expect(rows.map((row) => row.error ?? row.status)).toEqual([
			'created',
			'created',
			'created',
			"The sync job needs the argument 'since' [item 3]",
			'created',
		]);
	});

	it('names the run in the error of an item whose wait failed', async () => {
		truto().faults.forPath('GET /sync-job-run', FAULTS.forbidden);

		const { rows } = await startFive(
			['d0'],
			{ onError: 'continueRegularOutput' },
			{ waitForCompletion: true, pollInterval: 2 },
		);

		const [run] = [...truto().store.runs.values()].filter(({ args }) => args?.since === 'd0');
		expect(rows[0]?.error).toMatch(/^The API token isn't allowed to do this \(403\)/);
		expect(rows[0]?.message).toContain(`This sync job run was created: ${run?.id} (item 0).`);
	});
});
