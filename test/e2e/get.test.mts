import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { N8N_VERSION } from '../n8n-host/paths.mts';
import {
	byId,
	chain,
	fieldNode,
	itemsNode,
	manualTrigger,
	trutoNode,
} from '../n8n-host/workflow.mts';
import { RUNS, UNKNOWN_ID, VALID_TOKEN, WRONG_TOKEN } from '../simulator/index.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

let world: World;

beforeAll(async () => {
	world = await startWorld({ editor: true });
});

afterAll(async () => {
	await world.close();
});

const get = (parameters: Record<string, unknown>, settings = {}) =>
	trutoNode({ operation: 'get', ...parameters }, world.credential, settings);

describe('the package', () => {
	it('is loaded by n8n, with icons and codex', async () => {
		const types = await world.n8n.api.nodeTypes();
		expect(types.find(({ name }) => name === 'n8n-nodes-truto.truto')).toMatchObject({
			codex: { categories: ['Development', 'Data & Storage'] },
			iconUrl: {
				light: expect.stringContaining('truto.svg'),
				dark: expect.stringContaining('dark'),
			},
		});
	});
});

describe('the credential test', () => {
	const test = async (apiToken: string, baseUrl: string) =>
		await world.n8n.api.testCredential('trutoApi', { apiToken, baseUrl });

	it('accepts a good token, with or without slashes behind the base URL', async () => {
		expect(await test(VALID_TOKEN, world.simulator.url)).toMatchObject({ status: 'OK' });
		expect(await test(VALID_TOKEN, `${world.simulator.url}//`)).toMatchObject({ status: 'OK' });
	});

	it('tells a bad token, an unreachable host and a wrong host apart', async () => {
		const bad = await test(WRONG_TOKEN, world.simulator.url);
		const unreachable = await test(VALID_TOKEN, 'http://127.0.0.1:9');
		const wrong = await test(VALID_TOKEN, world.n8n.url);
		if (N8N_VERSION === undefined) {
			expect(bad.message).toContain('did not accept the API token');
			expect(unreachable.message).toBe('ECONNREFUSED');
		} else {
			// n8n before 2.34 has its own text for a 401, and n8n 1 for both.
			expect(bad.message).toMatch(/did not accept the API token|Authorization failed/);
			expect(unreachable.message).toMatch(/ECONNREFUSED|refused the connection/);
		}
		expect(wrong.message).toContain('not the API of Truto');
		expect([bad, unreachable, wrong].map(({ status }) => status)).toEqual(Array(3).fill('Error'));
	});
});

/** Of n8n's declarative engine, and of an operation that runs without it. */
const BY_ENGINE = [
	['the declarative engine', { operation: 'getProgress', syncJobRunId: byId(RUNS.completed) }],
	['an operation of its own', { operation: 'get', syncJobRunId: byId(RUNS.completed) }],
] as const;

/** n8n 2.41 has these fields in every credential: they are for HTTP Request, and must not stop this node. */
const RESTRICTIONS = [
	[
		'the host of the Base URL',
		{ allowedHttpRequestDomains: 'domains', allowedDomains: '127.0.0.1' },
	],
	['another host', { allowedHttpRequestDomains: 'domains', allowedDomains: 'truto.example' }],
	['none', { allowedHttpRequestDomains: 'none', allowedDomains: '' }],
] as const;

describe("a credential's 'Allowed HTTP Request Domains'", () => {
	const cases = RESTRICTIONS.flatMap(([domains, fields]) =>
		BY_ENGINE.map(([engine, parameters]) => ({ domains, fields, engine, parameters })),
	);

	it.each(cases)('$domains: $engine works', async ({ domains, fields, parameters }) => {
		const data = { apiToken: VALID_TOKEN, baseUrl: world.simulator.url, ...fields };
		const { id, name } = await world.n8n.api.createCredential(domains, 'trutoApi', data);
		const execution = await world.n8n.api.run(
			chain(domains, manualTrigger(), trutoNode(parameters, { id, name })),
		);
		if (N8N_VERSION !== undefined && execution.error) {
			// Some older n8n also applies them to its declarative engine, and says so.
			expect(execution.error.message).toMatch(
				/^(Domain not allowed|.* within an HTTP Request node)/,
			);
			return;
		}
		expect(execution.error).toBeUndefined();
		expect(execution.nodes.Truto?.outputs[0]).toHaveLength(1);
	});
});

const FIVE_AND_TWO = ['five', 'five', 'five', 'five', 'five', 'two', 'two'];

describe('Get in a workflow', () => {
	it('gives the run exactly as Truto sent it', async () => {
		const execution = await world.n8n.api.run(
			chain('whole', manualTrigger(), get({ syncJobRunId: byId(` ${RUNS.completed} `) })),
		);
		const answer = await fetch(`${world.simulator.url}/sync-job-run/${RUNS.completed}`, {
			headers: { Authorization: `Bearer ${VALID_TOKEN}` },
		});
		expect(execution.nodes.Truto?.outputs[0]?.map(({ json }) => json)).toEqual([
			await answer.json(),
		]);
	});

	it.each([
		['one row for the run without statistics', {}, ['none', ...FIVE_AND_TWO]],
		['no row for it', { skipRunsWithoutStats: true }, FIVE_AND_TWO],
	])('links the rows to the 3 items they came from: %s', async (name, options, sources) => {
		const execution = await world.n8n.api.run(
			chain(
				name,
				manualTrigger(),
				itemsNode([
					{ name: 'none', id: RUNS.noStats },
					{ name: 'five', id: RUNS.fiveResources },
					{ name: 'two', id: RUNS.twoResources },
				]),
				get({ syncJobRunId: byId('={{ $json.id }}'), splitResourceStats: true, options }),
				fieldNode('After', 'source', "={{ $('Items').item.json.name }}"),
			),
		);
		expect(execution.status).toBe('success');
		const rows = execution.nodes.After?.outputs[0]?.map(({ json }) => json) ?? [];
		expect(rows.map(({ source }) => source)).toEqual(sources);
		const ofFive = rows.filter(({ source }) => source === 'five');
		expect(new Set(ofFive.map((row) => Object.keys(row).join())).size).toBe(1);
	});

	it.each([
		['the node', "={{ '../api-token' }}", 'This is not the ID of a sync job run: ../api-token'],
		['the panel, if typed in', '../api-token', 'An ID has no spaces and no slashes'],
	])('refuses an id that is no path segment before any request: %s', async (by, id, message) => {
		world.simulator.clearRequests();
		const workflow = chain(by, manualTrigger(), get({ syncJobRunId: byId(id) }));
		const refusal = await world.n8n.api.run(workflow).then(
			({ error }) => error?.message,
			(error: Error) => error.message,
		);
		// Older n8n does not start a workflow in which the panel shows an error.
		const isStarted = N8N_VERSION === undefined || by === 'the node';
		expect(refusal).toMatch(isStarted ? message : /The workflow has issues|An ID has no spaces/);
		expect(world.simulator.requests).toHaveLength(0);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'])(
		'passes the good items with On Error: %s',
		async (onError) => {
			const execution = await world.n8n.api.run(
				chain(
					onError,
					manualTrigger(),
					itemsNode([{ id: UNKNOWN_ID }, { id: RUNS.twoResources }, { id: 'a/b' }]),
					get({ syncJobRunId: byId('={{ $json.id }}'), splitResourceStats: true }, { onError }),
				),
			);
			const items = execution.nodes.Truto?.outputs.flat() ?? [];
			const good = items.filter(({ json }) => json.resource !== undefined);
			const bad = items.filter(({ json }) => json.error !== undefined);
			expect(good.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }, { item: 1 }]);
			expect(bad.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
			expect(bad[0]?.json.error).toContain(
				`Sync job run ${UNKNOWN_ID} was not found in Truto (404)`,
			);
			const failedOutput = onError === 'continueErrorOutput' ? 1 : 0;
			expect(execution.nodes.Truto?.outputs[failedOutput]).toEqual(expect.arrayContaining(bad));
		},
	);

	it('keeps the token out of errors, items and logs', async () => {
		world.simulator.faults.forPath('/sync-job-run', { kind: 'resetBeforeAnswer' });
		const options = { maxRetries: 0 };
		const execution = await world.n8n.api.run(
			chain('reset', manualTrigger(), get({ syncJobRunId: byId(RUNS.completed), options })),
		);
		world.simulator.faults.clear();
		expect(execution.error?.message).toContain('The connection to');
		expect(execution.raw).not.toContain(VALID_TOKEN);
		expect(world.n8n.logs()).not.toContain(VALID_TOKEN);
	});
});
