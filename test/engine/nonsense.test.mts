import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, CRON_TRIGGERS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const run = async (parameters: INodeParameters) =>
	await runTruto({ simulator: truto(), parameters });

const sent = () => truto().requests.filter(({ method }) => method !== 'GET');
const sentArgs = () => sent().map(({ body }) => (body as { args: unknown }).args);

const NONSENSE = [
	['={{ DateTime.fromISO($json.none) }}', 'an invalid date'],
	['={{ new Date("x") }}', 'an invalid date'],
	['={{ DateTime.fromISO("x").toFormat("yyyy") }}', 'Invalid DateTime'],
	['={{ $json.none * 2 }}', 'NaN'],
	['={{ 1 / 0 }}', 'Infinity'],
	['={{ "" + undefined }}', 'undefined'],
	['undefined', 'undefined'],
	['null', 'null'],
	['={{ "" + { } }}', '[object Object]'],
] as const;

describe('what nobody means', () => {
	it.each(NONSENSE)('is never written into a state: %s', async (value, text) => {
		const { error } = await run({
			resource: 'syncJobState',
			operation: 'set',
			specifyState: 'stateKey',
			stateKey: ACCOUNTS.jira,
			key: 'last_synced_at',
			valueType: 'text',
			value,
		});

		expect(error?.message).toBe(`'Value' is not valid: ${text} [item 0]`);
		expect(truto().requests).toEqual([]);
	});

	it.each(NONSENSE)('is no argument: %s', async (since, text) => {
		const job = {
			syncJobId: byId(SYNC_JOBS.crm),
			integratedAccountId: byId(ACCOUNTS.hubspot),
			argsFields: { mappingMode: 'defineBelow', value: { since } },
		};
		const started = await run({ operation: 'start', ...job });
		const scheduled = await run({
			resource: 'schedule',
			operation: 'create',
			cronExpression: '0 6 * * *',
			...job,
		});

		for (const { error } of [started, scheduled]) {
			// The panel's fields turn some values into texts.
			expect(error?.message.replace('Invalid DateTime', text)).toBe(
				`'Arguments' is not valid: since is ${text} [item 0]`,
			);
		}
		expect(truto().requests).toEqual([]);
	});

	it.each<[string, INodeParameters]>([
		["'Mutex Key'", { additionalFields: { mutexKey: 'undefined' } }],
		["'Arguments (JSON)'", { specifyArgs: 'json', args: '={{ { since: 0 / 0 } }}' }],
		["'Arguments (JSON)'", { specifyArgs: 'json', args: '{ "since": "Invalid DateTime" }' }],
		['integrated account', { integratedAccountId: 'undefined' }],
	])('is named by the error: %s', async (name, parameters) => {
		const { error } = await run({
			operation: 'start',
			syncJobId: byId(SYNC_JOBS.v4Files),
			...parameters,
		});

		expect(error?.message).toContain(name);
		expect(truto().requests).toEqual([]);
	});

	it.each<[string, string]>([
		['={{ [] }}', '[]'],
		['={{ false }}', 'false'],
		['2026-06-31', '2026-06-31'],
	])('is no date: %s', async (createdAfter, text) => {
		const { error } = await run({ operation: 'getAll', filters: { createdAfter } });

		expect(error?.message).toBe(`'Created After' is not valid: ${text} [item 0]`);
		expect(truto().requests).toEqual([]);
	});
});

describe('an argument without a value', () => {
	const JOBS: [string, INodeParameters, string][] = [
		[
			'version 3',
			{ syncJobId: byId(SYNC_JOBS.crm), integratedAccountId: byId(ACCOUNTS.hubspot) },
			'since',
		],
		[
			'version 4',
			{ syncJobId: byId(SYNC_JOBS.v4Crm), integratedAccountId: byId(ACCOUNTS.pipedrive) },
			'start_date',
		],
	];
	const WAYS: [string, (name: string) => INodeParameters][] = [
		[
			'fields',
			(name) => ({
				argsFields: { mappingMode: 'defineBelow', value: { [name]: '={{ $json.none }}' } },
			}),
		],
		['JSON', (name) => ({ specifyArgs: 'json', args: `={{ { ${name}: $json.none } }}` })],
	];

	it.each(JOBS.flatMap((job) => WAYS.map((way) => [...job, ...way] as const)))(
		'is missing if it is required: %s %j %s by %s',
		async (_, job, name, __, way) => {
			const started = await run({ operation: 'start', ...job, ...way(name) });
			const scheduled = await run({
				resource: 'schedule',
				operation: 'create',
				cronExpression: '0 6 * * *',
				...job,
				...way(name),
			});

			for (const { error } of [started, scheduled]) {
				expect(error?.message).toBe(`The sync job needs the argument '${name}' [item 0]`);
			}
			expect(sent()).toEqual([]);
		},
	);

	it('is left out if its field was cleared, and sent if JSON says null', async () => {
		const job = {
			operation: 'start',
			syncJobId: byId(SYNC_JOBS.v4Crm),
			integratedAccountId: byId(ACCOUNTS.pipedrive),
		};
		const value = { start_date: '2026-01-01', webhook_id: 'hook', batch_size: null, stage: '' };
		await run({ ...job, argsFields: { mappingMode: 'defineBelow', value } });
		await run({
			...job,
			specifyArgs: 'json',
			args: '{ "start_date": "2026-01-01", "webhook_id": "hook", "batch_size": null }',
		});

		const filled = {
			start_date: '2026-01-01',
			webhook_id: 'hook',
			integrated_account_id: ACCOUNTS.pipedrive,
		};
		expect(sentArgs()).toEqual([filled, { ...filled, batch_size: null }]);
	});
});

it('decimals are numbers, whichever way they are written', async () => {
	const { rows, error } = await run({
		resource: 'schedule',
		operation: 'update',
		scheduleId: byId(CRON_TRIGGERS.sixHourly),
		updateFields: { meta: '{ "share": 0.50, "price": 19.90 }' },
	});

	expect(error).toBeUndefined();
	expect(rows).toMatchObject([{ meta: { share: 0.5, price: 19.9 } }]);
	expect(sent()).toMatchObject([{ body: { meta: { share: 0.5, price: 19.9 } } }]);
});
