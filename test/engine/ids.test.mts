import { describe, expect, it } from '@jest/globals';

import type { INodeParameters } from 'n8n-workflow';

import { RUNS, SYNC_JOBS, UNKNOWN_ID } from '../simulator/index.mts';
import { byId, byUrl, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

/** n8n's editor checks what people enter: what comes here goes around that, as an expression does. */
function throughExpression(locator: INodeParameters | string): INodeParameters | string {
	if (typeof locator === 'string') return locator;
	const value = String(locator.value);
	return { ...locator, value: value.startsWith('=') ? value : `={{ ${JSON.stringify(value)} }}` };
}

describe('the id of a run', () => {
	it.each([
		['an id', byId(RUNS.completed)],
		['white space around it', byId(` \t${RUNS.completed}\n`)],
		['a text where an expression or an agent filled the parameter', RUNS.completed],
		['an API URL', byUrl(`https://api.truto.one/sync-job-run/${RUNS.completed}`)],
		['an API path', byUrl(`/sync-job-run/${RUNS.completed}`)],
		[
			'any URL with one UUID',
			byUrl(`https://app.truto.one/x/runs?selected=${RUNS.completed}#logs`),
		],
		['a path that goes on', byId(`${RUNS.completed}/logs`)],
		['a query behind it', byId(`${RUNS.completed}?x=1`)],
		[
			'a URL where an id is asked for',
			byId(`https://api.truto.one/sync-job-run/${RUNS.completed}`),
		],
		[
			'a URL with several UUIDs',
			byUrl(`https://x.test/sync-job-runs/${RUNS.completed}/of/${SYNC_JOBS.crm}`),
		],
		['a URL with the run last', byUrl(`https://x.test/${SYNC_JOBS.crm}/${RUNS.completed}?tab=1`)],
		['white space around a URL', byUrl(`  /sync-job-run/${RUNS.completed}/ `)],
	])('is found in %s', async (_, syncJobRunId) => {
		const { rows, error } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: throughExpression(syncJobRunId) },
		});

		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ id: RUNS.completed })]);
		expect(truto().requests.map(({ path }) => path)).toEqual([`/sync-job-run/${RUNS.completed}`]);
	});

	it.each([
		['nothing', byId('={{ "" }}'), /^No sync job run selected/],
		['only white space', byId(' \n '), /^No sync job run selected/],
		['an expression without a value', byId('={{ $json.missing }}'), /^No sync job run selected/],
		['another endpoint', byId('../api-token'), /^This is not the ID of a sync job run: \.\.\//],
		['the parent', byId('..'), /^This is not the ID/],
		['the same place', byId('.'), /^This is not the ID/],
		['a backslash', byId('..\\api-token'), /^This is not the ID/],
		['a space inside', byId('a b'), /^This is not the ID/],
		['a line break inside', byId('a\r\nHost: evil'), /^This is not the ID/],
		['a NUL', byId('a\u0000b'), /^This is not the ID/],
		['a fragment', byId('a#b'), /^This is not the ID/],
		['a query', byId('a?b=1'), /^This is not the ID/],
		['the word undefined', byId('={{ `${$json.missing}` }}'), /^No sync job run selected/],
		['null', byId('={{ null }}'), /^No sync job run selected/],
		['no UUID in a URL', byUrl('https://api.truto.one/sync-job-run'), /^This is not the ID/],
		['nothing as URL', byUrl(' '), /^No sync job run selected/],
		['an object from an expression', byId('={{ ({}) }}'), /^This is not the ID/],
	])('is refused before any request: %s', async (_, syncJobRunId, message) => {
		const { outputs, error } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: throughExpression(syncJobRunId) },
		});

		expect(error?.message).toMatch(message);
		expect(error?.message).toMatch(/\[item 0\]$/);
		expect(error?.description).toMatch(/\w{3}/);
		expect(outputs).toEqual([]);
		expect(truto().requests).toEqual([]);
	});

	it('is asked for by n8n itself if the field is empty', async () => {
		const run = runTruto({ simulator: truto(), parameters: { syncJobRunId: byId('') } });

		await expect(run).rejects.toThrow(/"Sync Job Run" is required/);
		expect(truto().requests).toEqual([]);
	});

	it.each(['%2e%2e%2fapi-token', '..%2fapi-token', '…', 'ünï', ';x=1', ':80', '@host', '%00', '~'])(
		'%s is sent as one segment below /sync-job-run/',
		async (id) => {
			const { error } = await runTruto({
				simulator: truto(),
				parameters: { syncJobRunId: byId(id) },
			});

			expect(error?.message).toMatch(/404/);
			const paths = truto().requests.map(({ path }) => path);
			expect(paths).toEqual([`/sync-job-run/${encodeURIComponent(id)}`]);
		},
	);

	it('of nothing gives an error that names it and says what to do', async () => {
		const { error } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: byId(UNKNOWN_ID) },
		});

		expect(error?.message).toBe(`Sync job run ${UNKNOWN_ID} was not found in Truto (404) [item 0]`);
		expect(error?.description).toMatch(
			/^It may have been deleted\. Otherwise check the ID, .* Truto said: .*not found/,
		);
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
	});

	it('of another environment is like one of nothing', async () => {
		const { error } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: byId(RUNS.other) },
		});

		expect(error?.message).toMatch(/^Sync job run .* was not found in Truto/);
		expect(truto().requests).toHaveLength(1);
	});
});
