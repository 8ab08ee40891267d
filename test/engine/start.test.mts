import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	FAULTS,
	SYNC_JOBS,
	tooManyRequests,
	type FaultSpec,
} from '../simulator/index.mts';
import { byId } from './harness.mts';
import { useStart } from './use-start.mts';

const { truto, start, posts } = useStart();

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
		// The id has the name that it has in all other output, too.
		expect(rows[0]?.sync_job_run_id).toMatch(/^[\da-f-]{36}$/);
		expect(rows[0]?.sync_job_run_id).toBe(rows[0]?.id);
		expect(truto().store.runs.has(String(rows[0]?.id))).toBe(true);
	});

	it.each<[string, string, string, unknown]>([
		[
			'a job of one integration',
			SYNC_JOBS.v4Crm,
			ACCOUNTS.pipedrive,
			['created', 'northwind-traders', 'Pipedrive to warehouse', 'pipedrive'],
		],
		[
			'a job over several',
			SYNC_JOBS.v4Files,
			ACCOUNTS.notion,
			['created', 'tailspin-books', 'Files of every connected storage', 'notion'],
		],
	])('says first whose run it is, without further requests: %s', async (_, job, account, names) => {
		truto().clearRequests();

		const { rows } = await start({
			syncJobId: byId(job),
			integratedAccountId: byId(account),
			specifyArgs: 'json',
			args: '{ "start_date": "2026-01-01", "webhook_id": "w", "datastore_id": "d" }',
		});

		expect(Object.entries(rows[0] ?? {}).slice(0, 4)).toEqual(
			['status', 'tenant_id', 'sync_job_label', 'integration_name'].map((name, index) => [
				name,
				(names as string[])[index],
			]),
		);
		expect(
			truto()
				.requests.map(({ method }) => method)
				.sort(),
		).toEqual(['GET', 'GET', 'POST']);
	});

	it('sends every documented field', async () => {
		const { error } = await start({
			syncJobId: byId(SYNC_JOBS.crm),
			integratedAccountId: byId(ACCOUNTS.hubspot),
			specifyArgs: 'json',
			args: '{ "since": "2026-01-01", "page_size": 50 }',
			additionalFields: {
				daemonGroupKey: ' group ',
				errorHandling: 'ignore',
				ignorePreviousRun: true,
				datastoreId: byId('store'),
				eventsToSend: ['sync_job_run:completed'],
				force: true,
				mutexKey: 'mutex',
				resources: '[{ "resource": "crm/contacts", "method": "list" }]',
				stateKey: 'state',
				superQuery: 'wnam',
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
				error_handling: 'ignore',
				ignore_previous_run: true,
				datastore_id: 'store',
				events_to_send: ['sync_job_run:completed'],
				force: true,
				mutex_key: 'mutex',
				resources: [{ resource: 'crm/contacts', method: 'list' }],
				state_key: 'state',
				super_query: 'wnam',
			},
		]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		[
			'a webhook and a daemon',
			{ additionalFields: { webhookId: byId('w'), daemonGroupKey: 'd' } },
			/^A run has one destination/,
		],
		['an argument missing', { syncJobId: byId(SYNC_JOBS.crm) }, /needs the argument 'since'/],
		[
			'arguments that are no object',
			{ specifyArgs: 'json', args: '[1]' },
			/^'Arguments \(JSON\)' is not a JSON object/,
		],
		[
			'arguments that are no JSON',
			{ specifyArgs: 'json', args: '{ since: }' },
			/^'Arguments \(JSON\)' is not valid: \{ since: \}/,
		],
		[
			'resources that are no JSON',
			{ additionalFields: { resources: '{' } },
			/^'Resources \(JSON\)' is not valid: \{/,
		],
		[
			'a region that is none',
			{ additionalFields: { superQuery: '={{ "mars" }}' } },
			/^'SuperQuery Region' is not valid: mars/,
		],
		[
			'an event that is none',
			{ additionalFields: { eventsToSend: '={{ "sync_job_run:completed,lunch" }}' } },
			/^'Events to Send' is not valid: lunch/,
		],
		[
			'neither true nor false',
			{ additionalFields: { force: '={{ "maybe" }}' } },
			/^'Force' is not valid: maybe/,
		],
		['no account', { integratedAccountId: byId('={{ "" }}') }, /^No integrated account selected/],
		[
			'an id that is a path',
			{ syncJobId: byId('={{ "../webhook" }}') },
			/^This is not the ID of a sync job/,
		],
	])('is refused before anything is started: %s', async (_, parameters, message) => {
		const { error } = await start(parameters);

		expect(error?.message).toMatch(message);
		expect(posts()).toEqual([]);
	});

	it.each<[string, FaultSpec]>([
		['408', { kind: 'status', status: 408 }],
		['500', FAULTS.serverError],
		['502', FAULTS.badGatewayHtml],
		['504', FAULTS.gatewayTimeout],
		['a reset', FAULTS.resetBeforeAnswer],
		['a reset in the body', FAULTS.resetInBody],
		['an answer cut off', FAULTS.truncated],
		['an empty answer', FAULTS.emptyBody],
		['a web page', { kind: 'status', status: 200, body: '<p>Hi</p>', contentType: 'text/html' }],
		['an answer without an id', { kind: 'status', status: 201, body: { status: 'created' } }],
		['an answer that is a list', { kind: 'status', status: 201, body: [] }],
		['no answer', FAULTS.hang],
	])('may have been done after %s: it is said, and not sent again', async (_, fault) => {
		truto().faults.forPath('POST /sync-job-run', fault, 1);

		const { error } = await start(
			{ requestOptions: { timeout: 1_000 } },
			{ settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } },
		);

		expect(error?.message).toBe(
			`A sync job run of sync job ${SYNC_JOBS.hris} may have been created, but Truto did not confirm it [item 0]`,
		);
		expect(error?.description).toMatch(
			/^Before you create it again, look at the sync job runs of this sync job with the operation 'Get Many'\./,
		);
		expect(error?.description).not.toMatch(/try again|nothing was/i);
		expect(posts()).toHaveLength(1);
	});

	it.each<[string, FaultSpec]>([
		['401', FAULTS.unauthorized],
		['409', FAULTS.conflict],
		['422', FAULTS.unprocessable],
	])('has surely not been done after %s', async (_, fault) => {
		truto().faults.forPath('POST /sync-job-run', fault, 1);

		const { error } = await start();

		expect(error?.message).not.toContain('may have been');
		expect(error?.description).not.toContain('may have');
		expect(posts()).toHaveLength(1);
	});

	it('is sent again after a 429, because Truto has not accepted it', async () => {
		truto().faults.forPath('POST /sync-job-run', tooManyRequests(1), 1);

		const { rows } = await start();

		expect(rows).toHaveLength(1);
		expect(posts().map(({ status }) => status)).toEqual([429, 201]);
	});

	it('gives no names that neither Truto nor a look-up gives', async () => {
		truto().faults.forPath(/^GET \/(sync-job|integrated-account)\//, FAULTS.forbidden);
		truto().speak({ nestedSyncJob: 'on-get-only' });

		const { rows, error } = await start();

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ tenant_id: null, sync_job_label: null }]);
	});
});
