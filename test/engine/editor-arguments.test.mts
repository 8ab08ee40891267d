import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, FAULTS, SYNC_JOBS } from '../simulator/index.mts';
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

	it('have pickers and short labels; a switch that nobody touches sends nothing', async () => {
		truto().store.webhooks.clear();
		truto().store.addWebhook({ id: 'hook', target_url: 'https://a.example', is_active: true });

		const { fields } = await fieldsOf(byId(SYNC_JOBS.v4Crm));

		const own = { defaultMatch: false, display: true };
		expect(fields).toEqual([
			{
				...own,
				id: 'integrated_account_id',
				displayName: 'integrated_account_id: Account to sync',
				// The account of the run fills it.
				required: false,
				type: 'options',
				options: [
					{ name: 'northwind-traders · pipedrive · active', value: ACCOUNTS.pipedrive },
					{ name: 'fabrikam-gmbh · pipedrive · needs_reauth', value: ACCOUNTS.pipedriveExpired },
				].sort((a, b) => (a.value < b.value ? 1 : -1)),
			},
			{
				...own,
				id: 'webhook_id',
				displayName: 'webhook_id: Webhook that receives the records',
				required: false,
				type: 'options',
				options: [{ name: 'https://a.example · active', value: 'hook' }],
			},
			{
				...own,
				id: 'datastore_id',
				displayName: expect.stringMatching(/^datastore_id: Data store that receives .{0,20}$/),
				required: false,
				type: 'string',
			},
			{
				...own,
				id: 'start_date',
				displayName: 'start_date: Where the first sync begins',
				required: true,
				type: 'dateTime',
			},
			{
				...own,
				id: 'batch_size',
				displayName: 'batch_size: Records per page',
				required: false,
				type: 'number',
			},
			{
				...own,
				id: 'include_archived',
				displayName: 'include_archived',
				required: false,
				type: 'boolean',
				defaultValue: null,
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
				archived: { type: 'boolean', default: true },
				confirmed: { type: 'boolean', required: true },
				stage: { type: 'string', enum: ['open', 'won'], default: 'won' },
				filter: { type: 'object', default: { a: 1 } },
				since: { type: 'string', format: 'updated_at' },
			},
		});

		const { fields } = await fieldsOf(byId(job.id));

		expect(
			fields.map(({ id, type, required, defaultValue }) => [id, type, required, defaultValue]),
		).toEqual([
			['size', 'number', false, 50],
			['archived', 'boolean', false, true],
			['confirmed', 'boolean', true, undefined],
			['stage', 'options', false, 'won'],
			['filter', 'object', false, '{"a":1}'],
			['since', 'dateTime', false, undefined],
		]);
	});

	it('are texts if the accounts and webhooks cannot be read', async () => {
		truto().faults.forPath('GET /integrated-account', FAULTS.forbidden);
		truto().faults.forPath('GET /webhook', FAULTS.forbidden);

		const { fields } = await fieldsOf(byId(SYNC_JOBS.v4Crm));

		expect(fields.slice(0, 2).map(({ type }) => type)).toEqual(['string', 'string']);
	});

	it('say what to do first, and what is wrong', async () => {
		expect(await fieldsOf(byId(''))).toEqual({
			fields: [],
			emptyFieldsNotice: 'Choose a sync job first',
		});
		await expect(fieldsOf(byId('unknown'))).rejects.toThrow(
			'Truto does not know this sync job unknown (404)',
		);
	});
});
