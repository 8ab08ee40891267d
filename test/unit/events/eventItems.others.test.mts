import { describe, expect, it, test } from '@jest/globals';

import type { Json, JsonRecord } from '../../../lib/json';
import { ABOUT, itemsOf } from './itemsOf.mts';

describe('an event of an account', () => {
	const account = {
		id: 'a1',
		tenant_id: 't1',
		status: 'active',
		integration: { name: 'hubspot', config: { label: 'HubSpot' } },
	};
	const columns = {
		integrated_account_id: 'a1',
		tenant_id: 't1',
		integration_name: 'hubspot',
		status: 'active',
		...ABOUT,
		account,
	};

	test.each([
		['authentication_error', 'needs_reauth', true, 'end_user', /have expired or were revoked/],
		['validation_error', 'validation_error', true, 'end_user', /incomplete or wrong/],
		[
			'post_install_error',
			'post_install_error',
			true,
			'job_owner',
			/runs after connecting has failed/,
		],
		['forbidden_error', 'active', true, 'end_user', /the integrated app refused a request/],
		['active', 'active', false, 'nobody', null],
		['updated', 'active', false, 'nobody', null],
		['something_new', 'active', false, 'nobody', null],
	])(
		'%s says who must act, whatever its payload leaves out',
		(name, status, needed, who, reason) => {
			const event = `integrated_account:${name}`;
			const [item] = itemsOf(event, account);
			const meaning = { status, needs_attention: needed, who_acts: who };
			expect(item).toMatchObject({ ...columns, event, ...meaning });
			if (reason === null) expect(item?.reason).toBeNull();
			else expect(item?.reason).toMatch(reason);
		},
	);

	it('names the permissions that are missing', () => {
		const payload = { ...account, last_forbidden_error: { missing_scopes: ['contacts.read'] } };
		const [item] = itemsOf('integrated_account:forbidden_error', payload);
		expect(item?.reason).toContain('contacts.read');
	});

	it('of a deleted one has its id alone', () => {
		expect(itemsOf('integrated_account:deleted', { id: 'a1' })).toEqual([
			{
				event: 'integrated_account:deleted',
				needs_attention: false,
				reason: null,
				who_acts: 'nobody',
				integrated_account_id: 'a1',
				tenant_id: null,
				integration_name: null,
				status: null,
				...ABOUT,
				account: { id: 'a1' },
			},
		]);
	});
});

describe('an event of a schedule', () => {
	const event = 'sync_job_cron_trigger:failed';

	test.each<[Json, JsonRecord]>([
		[
			{ id: 's1', sync_job_id: 'j1', integrated_account_id: 'a1', cron_expression: '0 6 * * *' },
			{
				sync_job_cron_trigger_id: 's1',
				sync_job_id: 'j1',
				integrated_account_id: 'a1',
				cron_expression: '0 6 * * *',
			},
		],
		[
			{ sync_job_cron_trigger_id: 's1', id: 'x', args: { integrated_account_id: 'a1' } },
			{ sync_job_cron_trigger_id: 's1', sync_job_id: null, integrated_account_id: 'a1' },
		],
		[
			{
				error: 'no account',
				sync_job_cron_trigger: { id: 's1', sync_job_id: 'j1', cron_expression: '0 6 * * *' },
			},
			{ sync_job_cron_trigger_id: 's1', sync_job_id: 'j1', cron_expression: '0 6 * * *' },
		],
		[null, { sync_job_cron_trigger_id: null, cron_expression: null }],
	])('%j', (payload, expected) => {
		expect(itemsOf(event, payload)).toMatchObject([
			{ event, ...expected, ...ABOUT, schedule: payload },
		]);
	});
});

it('an event of another kind gives its payload', () => {
	expect(itemsOf('test', { foo: 'bar' })).toEqual([
		{ event: 'test', ...ABOUT, payload: { foo: 'bar' } },
	]);
});
