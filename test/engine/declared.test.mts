import { describe, expect, it } from '@jest/globals';
import type { INodeParameters, INodePropertyOptions } from 'n8n-workflow';

import { Truto } from '../../nodes/Truto/Truto.node';
import { RUNS, UNKNOWN_ID } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const { description, customOperations } = new Truto();

const shownFor = (name: string, resource: string) =>
	description.properties.find(
		(property) =>
			property.name === name && property.displayOptions?.show?.resource?.includes(resource),
	);

const operation = (resource: string, value: string) =>
	(shownFor('operation', resource)?.options as INodePropertyOptions[] | undefined)?.find(
		(option) => option.value === value,
	);

describe('what is declared', () => {
	it.each([
		['syncJobRun', 'get', '/sync-job-run/{syncJobRunId}'],
		['syncJobRun', 'getProgress', '/sync-job-run/{syncJobRunId}'],
		['syncJob', 'get', '/sync-job/{syncJobId}'],
		['integratedAccount', 'get', '/integrated-account/{integratedAccountId}'],
		['schedule', 'get', '/sync-job-cron-trigger/{scheduleId}'],
	])('%s: %s is method, path and output', (resource, value, url) => {
		const { request, output, operations } = operation(resource, value)?.routing ?? {};

		expect(request).toEqual({ method: 'GET', url });
		expect(output?.postReceive).toEqual([expect.any(Function)]);
		expect(operations).toBeUndefined();
	});

	it('no parameter has routing: n8n would evaluate its expression three more times per item', () => {
		expect(description.properties.filter(({ routing }) => routing !== undefined)).toEqual([]);
		const values = Object.values(description.requestDefaults ?? {}).map(String);
		expect(values.filter((value) => value.startsWith('='))).toEqual([]);
	});

	it('runs in n8n’s declarative engine, except for changes, many rows and hints', () => {
		const names = Object.entries(customOperations).map(([resource, operations]) => [
			resource,
			Object.keys(operations),
		]);
		expect(names).toEqual([
			['syncJobRun', ['getAll', 'start', 'getLogs', 'stop']],
			['syncJob', ['checkHealth']],
			['integratedAccount', ['refreshCredentials']],
			['schedule', ['create', 'update', 'activate', 'delete']],
			['syncJobState', ['set', 'delete']],
		]);
	});
});

describe('a declared operation', () => {
	it('sends nothing more once an item has failed, and names that item', async () => {
		const ids = Array.from({ length: 300 }, (_, item) =>
			item === 3 ? UNKNOWN_ID : RUNS.completed,
		);

		const { error } = await runTruto({
			simulator: truto(),
			items: ids.map((id) => ({ id })),
			parameters: { syncJobRunId: byId('={{ $json.id }}') },
		});

		expect(error?.message).toBe(`Sync job run ${UNKNOWN_ID} was not found in Truto (404) [item 3]`);
		expect(error?.context).toMatchObject({ itemIndex: 3 });
		expect(truto().requests.length).toBeLessThan(150);
	});

	it('starts afresh when n8n tries again', async () => {
		truto().faults.forPath(`/sync-job-run/${RUNS.failed}`, { kind: 'status', status: 422 }, 1);

		const { rows, error } = await runTruto({
			simulator: truto(),
			items: [{ id: RUNS.completed }, { id: RUNS.failed }],
			parameters: { syncJobRunId: byId('={{ $json.id }}') },
			settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		});

		expect(error).toBeUndefined();
		expect(rows.map(({ id }) => id)).toEqual([RUNS.completed, RUNS.failed]);
	});

	it('says so if there are more rows than n8n can pass on', async () => {
		const [id = ''] = truto().store.addManyRuns(1, { resources: 100_001 });

		const { error } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: byId(id), splitResourceStats: true },
		});

		expect(error?.message).toBe(
			"There are 100001 output items, but n8n can't pass on more than 100000 of one item here [item 0]",
		);
		expect(error?.description).toMatch(/^Use 'Get Many', which has no such limit/);
	});

	it.each<[string, INodeParameters, RegExp]>([
		[
			'Get Progress',
			{ operation: 'getProgress', options: { stuckAfterMinutes: '={{ "soon" }}' } },
			/^'Stuck After \(Minutes\)' is not valid/,
		],
		['Get', { simplify: '={{ "maybe" }}' }, /^'Simplify' /],
	])('sends no request if another parameter of %s is not valid', async (_, given, message) => {
		const { error } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: byId(RUNS.completed), ...given },
		});

		expect(error?.message).toMatch(message);
		expect(truto().requests).toEqual([]);
	});

	it('refuses half a character as an id', async () => {
		const { error } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: byId('={{ "a\\ud800" }}') },
		});

		expect(error?.message).toMatch(/^(No sync job run selected|This is not the ID)/);
		expect(truto().requests).toEqual([]);
	});
});
