import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	FAULTS,
	SYNC_JOBS,
	tooManyRequests,
	type FaultSpec,
} from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const start = async (parameters: INodeParameters = {}) =>
	await runTruto({
		simulator: truto(),
		parameters: {
			operation: 'start',
			syncJobId: byId(SYNC_JOBS.hris),
			integratedAccountId: byId(ACCOUNTS.bamboohr),
			...parameters,
		},
	});

const posts = () => truto().requests.filter(({ method }) => method === 'POST');

describe('Start', () => {
	it('sends what Truto needs, and nothing else, and returns the new run', async () => {
		const { rows, error } = await start();

		expect(error).toBeUndefined();
		expect(posts().map(({ body }) => body)).toEqual([
			{
				sync_job_id: SYNC_JOBS.hris,
				integrated_account_id: ACCOUNTS.bamboohr,
				status: 'created',
				args: {},
			},
		]);
		expect(rows).toEqual([expect.objectContaining({ status: 'created' })]);
		expect(truto().store.runs.has(String(rows[0]?.id))).toBe(true);
	});

	it('sends every documented field', async () => {
		const { error } = await start({
			syncJobId: byId(SYNC_JOBS.crm),
			integratedAccountId: byId(ACCOUNTS.hubspot),
			args: '{ "since": "2026-01-01", "page_size": 50 }',
			daemonGroupKey: ' group ',
			errorHandling: 'batch',
			ignorePreviousRun: true,
			options: {
				datastoreId: 'store',
				eventsToSend: ['sync_job_run:completed'],
				force: true,
				mutexKey: 'mutex',
				resources: '[{ "resource": "crm/contacts", "method": "list" }]',
				stateKey: 'state',
				superQuery: '{ "a": 1 }',
			},
		});

		expect(error).toBeUndefined();
		expect(posts().map(({ body }) => body)).toEqual([
			{
				sync_job_id: SYNC_JOBS.crm,
				integrated_account_id: ACCOUNTS.hubspot,
				status: 'created',
				args: { since: '2026-01-01', page_size: 50 },
				daemon_group_key: 'group',
				error_handling: 'batch',
				ignore_previous_run: true,
				datastore_id: 'store',
				events_to_send: ['sync_job_run:completed'],
				force: true,
				mutex_key: 'mutex',
				resources: [{ resource: 'crm/contacts', method: 'list' }],
				state_key: 'state',
				super_query: { a: 1 },
			},
		]);
	});

	it('takes the arguments from fields', async () => {
		await start({
			syncJobId: byId(SYNC_JOBS.crm),
			specifyArgs: 'fields',
			argsFields: { mappingMode: 'defineBelow', value: { since: '2026-01-01', region: 'eu' } },
		});

		expect(posts().map(({ body }) => body)).toMatchObject([
			{ args: { since: '2026-01-01', region: 'eu' } },
		]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		[
			'a webhook and a daemon',
			{ webhookId: 'w', daemonGroupKey: 'd' },
			/^A run has one destination/,
		],
		['an argument missing', { syncJobId: byId(SYNC_JOBS.crm) }, /that are not given: since/],
		['arguments that are no object', { args: '[1]' }, /^The arguments are not a JSON object/],
		['arguments that are no JSON', { args: '{ since: }' }, /^The arguments are not a JSON object/],
		[
			'an option that is no JSON',
			{ options: { superQuery: '{' } },
			/^"Super Query \(JSON\)" is not/,
		],
		['no account', { integratedAccountId: byId('={{ "" }}') }, /^No integrated account is given/],
		[
			'an id that is a path',
			{ syncJobId: byId('../webhook') },
			/^This is not the ID of a sync job/,
		],
	])('is refused before anything is started: %s', async (_, parameters, message) => {
		const { error } = await start(parameters);

		expect(error?.message).toMatch(message);
		expect(posts()).toEqual([]);
	});

	it.each<[string, FaultSpec]>([
		['500', FAULTS.serverError],
		['502', FAULTS.badGatewayHtml],
		['504', FAULTS.gatewayTimeout],
		['a reset', FAULTS.resetBeforeAnswer],
		['a reset in the body', FAULTS.resetInBody],
		['an answer cut off', FAULTS.truncated],
		['an empty answer', FAULTS.emptyBody],
	])('is not sent again after %s: Truto may have taken it', async (_, fault) => {
		truto().faults.forPath('POST /sync-job-run', fault, 1);

		const { error } = await start();

		expect(error).toBeDefined();
		expect(posts()).toHaveLength(1);
	});

	it('is sent again after a 429: Truto surely has not taken it', async () => {
		truto().faults.forPath('POST /sync-job-run', tooManyRequests(1), 1);

		const { rows } = await start();

		expect(rows).toHaveLength(1);
		expect(posts().map(({ status }) => status)).toEqual([429, 201]);
	});

	it('waits for the end where asked, and splits as Get does', async () => {
		const job = truto().store.addSyncJob({
			run_script: [
				{ status: 'created', afterMs: 0 },
				{ status: 'running', afterMs: 100 },
				{ status: 'completed', afterMs: 500 },
			],
		});

		const { rows, error } = await start({
			syncJobId: byId(job.id),
			waitForCompletion: true,
			pollInterval: 2,
			splitResourceStats: true,
		});

		expect(error).toBeUndefined();
		expect(rows).toEqual([
			expect.objectContaining({ run_status: 'completed', resource: 'crm/contacts' }),
		]);
		expect(posts()).toHaveLength(1);
	});
});
