import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, SYNC_JOBS } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { sendJson, startServer } from './own-server.mts';
import { useStart } from './use-start.mts';

const { truto, start, posts } = useStart();

describe('the parameters of Start', () => {
	it.each(['={{ undefined }}', '={{ null }}', '={{ "" }}', '={{ $json.missing }}', '={{ " " }}'])(
		'sends nothing for what an expression gives nothing for: %s',
		async (nothing) => {
			const { error } = await start({
				specifyArgs: nothing,
				args: nothing,
				waitForCompletion: nothing,
				additionalFields: {
					webhookId: byId(nothing),
					daemonGroupKey: nothing,
					errorHandling: nothing,
					ignorePreviousRun: nothing,
					datastoreId: byId(nothing),
					eventsToSend: nothing,
					force: nothing,
					mutexKey: nothing,
					resources: nothing,
					stateKey: nothing,
					superQuery: nothing,
				},
			});

			expect(error).toBeUndefined();
			expect(posts().map(({ body }) => body)).toEqual([
				{
					sync_job_id: SYNC_JOBS.hris,
					integrated_account_id: ACCOUNTS.bamboohr,
					status: 'created',
					args: {},
				},
			]);
		},
	);

	it('takes "false" from an expression for false', async () => {
		const no = '={{ "false" }}';

		const { rows } = await start({
			waitForCompletion: no,
			additionalFields: { ignorePreviousRun: no, force: no },
		});

		expect(rows).toMatchObject([{ status: 'created' }]);
		expect(posts().map(({ body }) => Object.keys(body as object))).toEqual([
			['sync_job_id', 'integrated_account_id', 'status', 'args'],
		]);
	});

	it.each([
		['a text', '={{ "sync_job_run:completed,sync_job_run:failed" }}'],
		['a text with spaces', '={{ "sync_job_run:completed, sync_job_run:failed" }}'],
		['JSON', '={{ \'["sync_job_run:completed","sync_job_run:failed"]\' }}'],
		['a list', '={{ ["sync_job_run:completed", "sync_job_run:failed"] }}'],
	])('takes several events from %s', async (_, eventsToSend) => {
		await start({ additionalFields: { eventsToSend } });

		expect(posts().map(({ body }) => body)).toMatchObject([
			{ events_to_send: ['sync_job_run:completed', 'sync_job_run:failed'] },
		]);
	});

	it('sends numbers in JSON as they were written', async () => {
		const server = await startServer((request, response) => {
			sendJson(response, request.method === 'POST' ? { id: 'new' } : { id: SYNC_JOBS.crm });
		});
		const { error } = await start(
			{
				specifyArgs: 'json',
				args: '{ "big": 12345678901234567890, "list": [9007199254740993], "n": 0.10 }',
				additionalFields: { resources: '[{ "id": 98765432109876543210 }]' },
			},
			{ simulator: server },
		);
		await server.close();

		expect(error).toBeUndefined();
		const { body } = server.received.find(({ method }) => method === 'POST') ?? { body: '' };
		expect(body).toContain('"args":{"big":12345678901234567890,"list":[9007199254740993],"n":0.1}');
		expect(body).toContain('"resources":[{"id":98765432109876543210}]');
	});

	it('gives arguments from fields the type that the sync job wants', async () => {
		const job = truto().store.addSyncJob({
			integration_name: 'bamboohr',
			args_schema: {
				type: 'object',
				properties: {
					size: { type: 'integer', enum: [10, 50] },
					archived: { type: 'boolean' },
					name: { type: 'string' },
				},
			},
		});

		const { error } = await start({
			syncJobId: byId(job.id),
			argsFields: {
				mappingMode: 'defineBelow',
				value: { size: '50', archived: 'false', name: '7' },
			},
		});

		expect(error).toBeUndefined();
		expect(posts().map(({ body }) => body)).toMatchObject([
			{ args: { size: 50, archived: false, name: '7' } },
		]);
	});

	it('takes the arguments from fields', async () => {
		await start({
			syncJobId: byId(SYNC_JOBS.crm),
			integratedAccountId: byId(ACCOUNTS.hubspot),
			specifyArgs: 'fields',
			argsFields: { mappingMode: 'defineBelow', value: { since: '2026-01-01', region: 'eu' } },
		});

		expect(posts().map(({ body }) => body)).toMatchObject([
			{ args: { since: '2026-01-01', region: 'eu' } },
		]);
	});
});
