import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, SYNC_JOBS, VALID_TOKEN, type AccountEventName } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { useTrigger } from './use-trigger.mts';

const { truto, activate, runOf } = useTrigger();

const COMPLETED = 'sync_job_run:completed';

describe('an event of an account or a schedule starts an execution', () => {
	it.each<[AccountEventName, object]>([
		[
			'authentication_error',
			{
				needs_attention: true,
				reason: expect.stringMatching(/has to reconnect \(The access token expired\)$/),
				who_acts: 'end_user',
				status: 'needs_reauth',
			},
		],
		['forbidden_error', { needs_attention: true, who_acts: 'end_user', status: 'active' }],
		['post_install_error', { needs_attention: true, who_acts: 'job_owner' }],
		['validation_error', { needs_attention: true, who_acts: 'end_user' }],
		['reactivated', { needs_attention: false, reason: null, who_acts: 'nobody' }],
		['updated', { needs_attention: false, reason: null, who_acts: 'nobody' }],
	])('%s: who must act', async (name, expected) => {
		const event = `integrated_account:${name}`;
		const { server } = await activate({ events: [event] });
		await truto().events.account(name, ACCOUNTS.hubspot);
		await server.idle();
		expect(server.executions).toMatchObject([
			[
				{
					event,
					...expected,
					integrated_account_id: ACCOUNTS.hubspot,
					tenant_id: expect.any(String),
					integration_name: 'hubspot',
					account: { id: ACCOUNTS.hubspot },
				},
			],
		]);
	});

	it('deleted: only its id is left, and no names are needed', async () => {
		const event = 'integrated_account:deleted';
		const credential = { apiToken: VALID_TOKEN };
		const { server } = await activate(
			{ events: [event], options: { includeNames: true } },
			{ credential },
		);
		credential.apiToken = '';
		await truto().events.account('deleted', ACCOUNTS.hubspot);
		await server.idle();
		expect(server.executions).toMatchObject([
			[{ event, needs_attention: false, integrated_account_id: ACCOUNTS.hubspot, status: null }],
		]);
		expect(server.hints).toEqual([]);
	});

	it('a schedule that failed', async () => {
		const event = 'sync_job_cron_trigger:failed';
		const { server } = await activate({ events: [event] });
		const [schedule] = truto().store.cronTriggers.values();
		await truto().events.cronTriggerFailed(schedule?.id ?? '');
		await server.idle();
		expect(server.executions).toMatchObject([
			[
				{
					event,
					sync_job_cron_trigger_id: schedule?.id,
					sync_job_id: schedule?.sync_job_id,
					integrated_account_id: schedule?.integrated_account_id,
					schedule: { id: schedule?.id },
				},
			],
		]);
	});

	it.each([
		[ACCOUNTS.hubspot.toUpperCase(), 1],
		[ACCOUNTS.zendesk, 0],
	])('that passes the filter by account: %s', async (id, count) => {
		const filters = { integratedAccountId: byId(id), syncJobId: byId(SYNC_JOBS.crm) };
		const events = ['integrated_account:deleted', COMPLETED];
		const { server, deliver } = await activate({ events, filters });
		await truto().events.account('deleted', ACCOUNTS.hubspot);
		await server.idle();
		expect(server.executions).toHaveLength(count);
		// A version 4 job may have its account in the arguments only.
		const args = { integrated_account_id: ACCOUNTS.hubspot };
		await deliver(COMPLETED, { ...runOf(), integrated_account_id: null, args });
		expect(server.executions).toHaveLength(2 * count);
	});
});
