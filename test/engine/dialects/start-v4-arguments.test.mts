import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { describe, expect, it } from '@jest/globals';

import { SYNC_JOBS } from '../../simulator/index.mts';
import { byId, runTruto } from '../harness.mts';
import { mapFields } from '../methods.mts';
import { pipedrive, useStartV4 } from './use-start-v4.mts';

const { truto, start, sentArgs } = useStartV4();

describe('arguments', () => {
	it('have the JSON types of the schema', async () => {
		const { id } = truto().store.addSyncJob({
			default_runtime_version: 4,
			integration_name: 'pipedrive',
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
			integration_name: 'pipedrive',
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

	it('are offered as fields, with choices if Truto lists them', async () => {
		truto().store.addWebhook({ id: 'hook', target_url: 'https://example.com/records' });

		const { fields } = await mapFields(
			{
				simulator: truto(),
				parameters: { operation: 'start', syncJobId: byId(SYNC_JOBS.v4Crm) },
			},
			{ method: 'getArgsFields', path: 'argsFields' },
		);

		expect(fields.map(({ id, type, required }) => [id, type, required])).toEqual([
			['webhook_id', 'options', false],
			['datastore_id', 'options', false],
			['start_date', 'dateTime', true],
			['batch_size', 'number', false],
			['include_archived', 'options', false],
			['stage', 'options', false],
		]);
		const valuesOf = (name: string) =>
			fields.find(({ id }) => id === name)?.options?.map(({ value }) => value);
		expect(valuesOf('webhook_id')).toEqual(['hook']);
		expect(valuesOf('stage')).toEqual(['open', 'won', 'lost']);
	});
});
