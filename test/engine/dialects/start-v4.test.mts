import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, FAULTS, SYNC_JOBS } from '../../simulator/index.mts';
import { byId, runTruto } from '../harness.mts';
import { mapFields } from '../methods.mts';
import { useSimulator } from '../use-simulator.mts';

const truto = useSimulator();

/** *Start* of the V4 job of Pipedrive, with arguments from fields. */
const start = async (value: INodeParameters, parameters: INodeParameters = {}) =>
	await runTruto({
		simulator: truto(),
		parameters: {
			operation: 'start',
			syncJobId: byId(SYNC_JOBS.v4Crm),
			specifyArgs: 'fields',
			argsFields: { mappingMode: 'defineBelow', value },
			...parameters,
		},
	});

/** The same with arguments as JSON. */
const startJson = async (args: string, parameters: INodeParameters = {}) =>
	await start({}, { specifyArgs: 'json', args, ...parameters });

const posts = () => truto().requests.filter(({ method }) => method === 'POST');
const sentArgs = () => posts().map(({ body }) => (body as { args: unknown }).args);

const pipedrive = { integratedAccountId: byId(ACCOUNTS.pipedrive) };
const FILLED = { webhook_id: 'hook', start_date: '2026-01-01' };

describe('the account', () => {
	it('fills its argument', async () => {
		const { error } = await start(FILLED, pipedrive);

		expect(error).toBeUndefined();
		expect(posts().map(({ body }) => body)).toEqual([
			{
				sync_job_id: SYNC_JOBS.v4Crm,
				integrated_account_id: ACCOUNTS.pipedrive,
				status: 'created',
				args: { ...FILLED, integrated_account_id: ACCOUNTS.pipedrive },
			},
		]);
	});

	it('does not take the place of an argument that was filled', async () => {
		await start({ ...FILLED, integrated_account_id: ACCOUNTS.pipedriveExpired }, pipedrive);

		expect(sentArgs()).toMatchObject([{ integrated_account_id: ACCOUNTS.pipedriveExpired }]);
	});

	it('may be given as the argument alone', async () => {
		const { error } = await start({ ...FILLED, integrated_account_id: ACCOUNTS.pipedrive });

		expect(error).toBeUndefined();
		expect(posts()[0]?.body).not.toHaveProperty('integrated_account_id');
		expect(sentArgs()).toMatchObject([{ integrated_account_id: ACCOUNTS.pipedrive }]);
	});

	it('is asked for where it is nowhere', async () => {
		const { error } = await start(FILLED);

		expect(error?.message).toBe(
			'The sync job needs arguments that are not given: integrated_account_id [item 0]',
		);
		expect(posts()).toEqual([]);
	});

	it('is not guessed where two arguments take one', async () => {
		const account = { type: 'string', format: 'integrated_account_id' };
		const { id } = truto().store.addSyncJob({
			default_runtime_version: 4,
			args_schema: { source: account, target: account },
		});

		await start({}, { syncJobId: byId(id), ...pipedrive });

		expect(sentArgs()).toEqual([{}]);
	});
});

describe('arguments', () => {
	it('have the JSON types of the schema', async () => {
		const { id } = truto().store.addSyncJob({
			default_runtime_version: 4,
			args_schema: {
				size: { type: 'number', enum: [50, 100] },
				count: { type: 'integer' },
				archived: { type: 'boolean' },
				stage: { type: 'string', enum: ['open', 'won'] },
				code: { type: 'string' },
				level: { enum: [1, 2] },
			},
		});
		const job = { syncJobId: byId(id), ...pipedrive };

		const { error } = await start(
			{ size: '100', count: '7', archived: 'true', stage: 'won', code: '007', level: '2' },
			job,
		);

		expect(error).toBeUndefined();
		expect(sentArgs()).toEqual([
			{ size: 100, count: 7, archived: true, stage: 'won', code: '007', level: 2 },
		]);
	});

	it('keep all digits of large numbers in JSON', async () => {
		const bodies: string[] = [];
		// The simulator parses bodies, and with that rounds them.
		const server = createServer((request, response) => {
			void text(request).then((body) => {
				if (request.method === 'POST') bodies.push(body);
				response.end('{ "id": "x", "default_runtime_version": 4 }');
			});
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = server.address() as AddressInfo;

		const { error } = await runTruto({
			simulator: { url: `http://127.0.0.1:${String(port)}` },
			parameters: {
				operation: 'start',
				syncJobId: byId('job'),
				specifyArgs: 'json',
				args: '{ "owner": 12345678901234567890, "rate": 0.1 }',
			},
		});
		server.close();

		expect(error).toBeUndefined();
		expect(bodies).toEqual([
			'{"sync_job_id":"job","status":"created","args":{"owner":12345678901234567890,"rate":0.1}}',
		]);
	});

	it('of the format date are days, of updated_at are times in UTC', async () => {
		const { id } = truto().store.addSyncJob({
			default_runtime_version: 4,
			args_schema: {
				day: { type: 'string', format: 'date' },
				since: { type: 'string', format: 'updated_at' },
			},
		});

		// n8n's own zone is that of New York: four hours behind UTC in summer.
		await start(
			{ day: '2026-04-01T22:00:00', since: '2026-04-01T22:00:00' },
			{ syncJobId: byId(id), ...pipedrive },
		);

		expect(sentArgs()).toEqual([{ day: '2026-04-01', since: '2026-04-02T02:00:00.000Z' }]);
	});

	it('are offered as fields, with choices where Truto lists them', async () => {
		truto().store.addWebhook({ id: 'hook', target_url: 'https://example.com/records' });

		const { fields } = await mapFields(
			{
				simulator: truto(),
				parameters: { operation: 'start', syncJobId: byId(SYNC_JOBS.v4Crm) },
			},
			{ method: 'getArgsFields', path: 'argsFields' },
		);

		expect(fields.map(({ id, type, required }) => [id, type, required])).toEqual([
			['integrated_account_id', 'options', false],
			['webhook_id', 'options', false],
			['datastore_id', 'string', false],
			['start_date', 'dateTime', true],
			['batch_size', 'number', false],
			['include_archived', 'boolean', false],
			['stage', 'options', false],
		]);
		const valuesOf = (name: string) =>
			fields.find(({ id }) => id === name)?.options?.map(({ value }) => value);
		expect(valuesOf('integrated_account_id')?.sort()).toEqual([
			ACCOUNTS.pipedrive,
			ACCOUNTS.pipedriveExpired,
		]);
		expect(valuesOf('webhook_id')).toEqual(['hook']);
		expect(valuesOf('stage')).toEqual(['open', 'won', 'lost']);
	});
});

describe('what Truto refuses', () => {
	it('by args_validation is said in its words', async () => {
		const { error } = await start({ start_date: '2026-01-01' }, pipedrive);

		expect(error?.message).toBe(
			`Truto refused the request (422): sync job run of sync job ${SYNC_JOBS.v4Crm} [item 0]`,
		);
		expect(error?.description).toContain('Truto said: Need one of webhook_id or datastore_id');
		expect(posts()).toHaveLength(1);
	});

	it('by the schema is said for each field', async () => {
		const { error } = await startJson('{ "start_date": "soon", "stage": "OPEN" }', pipedrive);

		expect(error?.description).toContain('args.start_date: args.start_date must be a date');
		expect(error?.description).toContain('args.stage must be one of open, won, lost');
	});

	it.each<[string, unknown, string]>([
		['objects with field', [{ field: 'a', message: 'is bad' }], 'Invalid; a: is bad'],
		['objects with path', [{ path: ['args', 'a'], message: 'is bad' }], 'Invalid; args.a: is bad'],
		['texts', ['a is bad', 'b is bad'], 'Invalid; a is bad; b is bad'],
		['other objects', [{ rule: 'x' }], 'Invalid; {"rule":"x"}'],
		['nothing', undefined, 'Invalid'],
	])('shows details.failures: %s', async (_, failures, said) => {
		const body = { statusCode: 422, error: 'Unprocessable Entity', message: 'Invalid' };
		truto().faults.forPath('POST /sync-job-run', {
			kind: 'status',
			status: 422,
			body: { ...body, details: { failures } },
		});

		const { error } = await start(FILLED, pipedrive);

		expect(error?.description).toContain(`Truto said: ${said}`);
	});
});

describe('Additional Fields', () => {
	it.each(['apac', 'wnam'])('super_query is the text %s', async (superQuery) => {
		const { error } = await start(FILLED, { ...pipedrive, additionalFields: { superQuery } });

		expect(error).toBeUndefined();
		expect(posts().map(({ body }) => body)).toMatchObject([{ super_query: superQuery }]);
	});

	it('super_query is no other', async () => {
		const additionalFields = { superQuery: 'emea' };
		const { error } = await start(FILLED, { ...pipedrive, additionalFields });

		expect(error?.message).toMatch(/^'SuperQuery Region' can't be used: emea/);
		expect(truto().requests).toEqual([]);
	});

	it('errors in batches are refused for version 1, before anything is started', async () => {
		const additionalFields = { errorHandling: 'batch' };
		const { error } = await startJson('{}', {
			syncJobId: byId(SYNC_JOBS.hris),
			integratedAccountId: byId(ACCOUNTS.bamboohr),
			additionalFields,
		});
		const v4 = await start(FILLED, { ...pipedrive, additionalFields });

		expect(error?.message).toMatch(/can't report errors in batches: it has runtime version 1/);
		expect(v4.error).toBeUndefined();
		expect(posts()).toHaveLength(1);
	});
});

describe('a token that may not read sync jobs', () => {
	it('can still start one, with the arguments as they are given', async () => {
		truto().faults.forPath('GET /sync-job', FAULTS.forbidden);
		const args = '{ "integrated_account_id": "a", "start_date": "2026-01-01", "webhook_id": "w" }';

		const { error } = await startJson(args.replace('"a"', `"${ACCOUNTS.pipedrive}"`), pipedrive);

		expect(error).toBeUndefined();
		expect(truto().requests.map(({ method, status }) => [method, status])).toEqual([
			['GET', 403],
			['POST', 201],
		]);
	});

	it('gets Truto’s own words where something is missing', async () => {
		truto().faults.forPath('GET /sync-job', FAULTS.forbidden);

		const { error } = await startJson('{}', pipedrive);

		expect(error?.description).toContain('args.start_date is required');
	});
});
