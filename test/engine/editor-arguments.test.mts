import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, FAULTS, fixedId, SYNC_JOBS } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { mapFields } from './methods.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

describe('the arguments of a version 4 sync job', () => {
	const fieldsOf = async (syncJobId: INodeParameters) =>
		await mapFields(
			{ simulator: truto(), parameters: { operation: 'start', syncJobId } },
			{ method: 'getArgsFields', path: 'argsFields' },
		);

	it('are named as in the schema and have pickers; the account is not asked twice, nothing is on that is not sent', async () => {
		truto().store.webhooks.clear();
		truto().store.addWebhook({ id: 'hook', target_url: 'https://a.example', is_active: true });

		const { fields } = await fieldsOf(byId(SYNC_JOBS.v4Crm));

		const own = { defaultMatch: false, display: true };
		expect(fields).toEqual([
			{
				...own,
				id: 'webhook_id',
				displayName: 'webhook_id',
				required: false,
				type: 'options',
				options: [{ name: 'https://a.example · active', value: 'hook' }],
			},
			{
				...own,
				id: 'datastore_id',
				displayName: 'datastore_id',
				required: false,
				type: 'options',
				options: [{ name: 'Warehouse landing zone · s3', value: fixedId('d5a0', 1) }],
			},
			{
				...own,
				id: 'start_date',
				displayName: 'start_date *',
				required: true,
				type: 'dateTime',
			},
			{
				...own,
				id: 'batch_size',
				displayName: 'batch_size',
				required: false,
				type: 'number',
			},
			{
				...own,
				id: 'include_archived',
				displayName: 'include_archived',
				required: false,
				type: 'options',
				options: [
					{ name: 'True', value: 'true' },
					{ name: 'False', value: 'false' },
				],
			},
			{
				...own,
				id: 'stage',
				displayName: 'stage: Deals to sync',
				required: false,
				type: 'options',
				options: ['open', 'won', 'lost'].map((name) => ({ name, value: name })),
			},
		]);
	});

	it("fill in the schema's defaults", async () => {
		const job = truto().store.addSyncJob({
			default_runtime_version: 4,
			args_schema: {
				size: { type: 'number', required: true, default: 50 },
				archived: { type: 'boolean', default: true, description: 'Also archived records' },
				confirmed: { type: 'boolean', required: true },
				stage: { type: 'string', enum: ['open', 'won'], default: 'won' },
				filter: { type: 'object', default: { a: 1 } },
				since: { type: 'string', format: 'updated_at' },
				until: { type: 'string', format: 'date-time' },
			},
		});

		const { fields } = await fieldsOf(byId(job.id));

		expect(
			fields.map(({ id, type, required, defaultValue }) => [id, type, required, defaultValue]),
		).toEqual([
			['size', 'number', true, 50],
			['archived', 'options', false, 'true'],
			['confirmed', 'options', true, undefined],
			['stage', 'options', false, 'won'],
			['filter', 'object', false, '{"a":1}'],
			['since', 'dateTime', false, undefined],
			['until', 'dateTime', false, undefined],
		]);
		expect(fields[1]?.options?.[0]).toEqual({
			name: 'True',
			value: 'true',
			description: 'Also archived records',
		});
	});

	it('are texts if the webhooks and datastores cannot be read', async () => {
		truto().faults.forPath('GET /datastore', FAULTS.forbidden);
		truto().faults.forPath('GET /webhook', FAULTS.forbidden);

		const { fields } = await fieldsOf(byId(SYNC_JOBS.v4Crm));

		expect(fields.slice(0, 2).map(({ type }) => type)).toEqual(['string', 'string']);
	});

	it('offer the accounts of the job’s integration, and ask for no other list', async () => {
		const account = { type: 'string', format: 'integrated_account_id' };
		const job = truto().store.addSyncJob({
			integration_name: 'pipedrive',
			args_schema: { from: account, to: account },
		});

		const { fields } = await fieldsOf(byId(job.id));

		expect(fields.map(({ id, type }) => [id, type])).toEqual([
			['from', 'options'],
			['to', 'options'],
		]);
		for (const { options } of fields) {
			expect(options?.map(({ value }) => value).sort()).toEqual(
				[ACCOUNTS.pipedrive, ACCOUNTS.pipedriveExpired].sort(),
			);
		}
		expect(truto().requests.map(({ path }) => path)).toEqual([
			`/sync-job/${job.id}`,
			'/integrated-account',
		]);
	});

	it('have their description in the label if it fits, and are texts if their type is not known', async () => {
		const job = truto().store.addSyncJob({
			args_schema: {
				fits: { type: 'string', description: 'these are exactly 21.' },
				long: { type: 'string', description: 'these are more than 21' },
				must: { type: 'text', required: true, description: 'A few words' },
				none: { type: 'string', default: null },
			},
		});

		const { fields } = await fieldsOf(byId(job.id));

		const own = { defaultMatch: false, display: true, type: 'string' };
		expect(fields).toEqual([
			{ ...own, id: 'fits', displayName: 'fits: these are exactly 21.', required: false },
			{ ...own, id: 'long', displayName: 'long', required: false },
			{ ...own, id: 'must', displayName: 'must *: A few words', required: true },
			{ ...own, id: 'none', displayName: 'none', required: false },
		]);
	});

	it('are none if the account is the only one', async () => {
		const job = truto().store.addSyncJob({
			args_schema: { account: { type: 'string', format: 'integrated_account_id' } },
		});

		expect(await fieldsOf(byId(job.id))).toEqual({
			fields: [],
			emptyFieldsNotice: 'This sync job takes no arguments but the integrated account',
		});
	});

	it('are none if the sync job takes none', async () => {
		const job = truto().store.addSyncJob({ args_schema: {} });

		expect(await fieldsOf(byId(job.id))).toEqual({
			fields: [],
			emptyFieldsNotice: 'This sync job takes no arguments',
		});
	});

	it('say what to do first, and what is wrong', async () => {
		expect(await fieldsOf(byId(''))).toEqual({
			fields: [],
			emptyFieldsNotice:
				"Choose a sync job to see its arguments. If the job is only known when the workflow runs, set 'Specify Arguments' to 'Using JSON'.",
		});
		await expect(fieldsOf(byId('unknown'))).rejects.toThrow(
			'Sync job unknown was not found in Truto (404)',
		);
	});
});
