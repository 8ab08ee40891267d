import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import { accountAttention, isHealthyAccount, missingScopes } from '../../../lib/accounts/attention';
import { simplifyAccount } from '../../../lib/accounts/simplifyAccount';
import { isJsonRecord, type JsonRecord } from '../../../lib/json';
import { readAccount } from '../../../lib/truto/account';
import { anyJson } from '../helpers/arbitraryStats.mts';
import { deepFreeze } from '../helpers/deepFreeze.mts';

const NOBODY = { needs_attention: false, reason: null, who_acts: 'nobody' };

describe('an account', () => {
	test.each<[string, JsonRecord, object]>([
		['active', { status: 'active', last_forbidden_error: null }, NOBODY],
		['connecting', { status: 'connecting' }, NOBODY],
		['in an unknown status', { status: 'brand_new' }, NOBODY],
		['in the status "toString"', { status: 'toString' }, NOBODY],
		['without a status', {}, NOBODY],
		['active, with an old error', { status: 'active', last_error: 'Invalid grant' }, NOBODY],
		[
			'that needs reconnecting',
			{ status: 'needs_reauth', last_error: null },
			{
				needs_attention: true,
				reason: 'The credentials have expired or were revoked: the customer has to reconnect',
				who_acts: 'end_user',
			},
		],
		[
			'that needs reconnecting, with the reason',
			{ status: 'needs_reauth', last_error: 'Invalid grant' },
			{
				needs_attention: true,
				reason:
					'The credentials have expired or were revoked: the customer has to reconnect (Invalid grant)',
				who_acts: 'end_user',
			},
		],
		[
			'that needs reconnecting, with an empty reason',
			{ status: 'needs_reauth', last_error: {}, last_action_run_result: '' },
			{
				needs_attention: true,
				reason: 'The credentials have expired or were revoked: the customer has to reconnect',
				who_acts: 'end_user',
			},
		],
		[
			'that is not valid',
			{ status: 'validation_error', last_error: { message: 'subdomain is required' } },
			{
				needs_attention: true,
				reason:
					'What the customer entered to connect is incomplete or wrong: the customer has to reconnect (subdomain is required)',
				who_acts: 'end_user',
			},
		],
		[
			'whose setup failed',
			{ status: 'post_install_error', last_action_run_result: { error: 'No webhook right' } },
			{
				needs_attention: true,
				reason: 'An action that runs after connecting has failed (No webhook right)',
				who_acts: 'job_owner',
			},
		],
		[
			'active, but without permissions',
			{ status: 'active', last_forbidden_error: { missing_scopes: ['crm.read', 'crm.write'] } },
			{
				needs_attention: true,
				reason:
					'The customer has to reconnect and grant the missing permissions: crm.read, crm.write',
				who_acts: 'end_user',
			},
		],
		[
			'active, but refused',
			{ status: 'active', last_forbidden_error: { resource: 'crm/notes', method: 'list' } },
			{
				needs_attention: true,
				reason:
					'The customer has to reconnect and grant more permissions: the integrated app refused crm/notes list',
				who_acts: 'end_user',
			},
		],
		[
			'active, but refused something',
			{ status: 'active', last_forbidden_error: { missing_scopes: [] } },
			{
				needs_attention: true,
				reason:
					'The customer has to reconnect and grant more permissions: the integrated app refused a request',
				who_acts: 'end_user',
			},
		],
		['with an empty error', { status: 'active', last_forbidden_error: {} }, NOBODY],
	])('%s', (_, account, attention) => {
		expect(accountAttention(readAccount(deepFreeze(account)))).toEqual(attention);
	});

	test.each<[JsonRecord[string], string[]]>([
		[{ missing_scopes: ['a', '', 7, null, ' b '] }, ['a', 'b']],
		[{ missing_scopes: 'a b' }, ['a b']],
		[{ missing_scopes: null }, []],
		[{ missing_scopes: [] }, []],
		[{}, []],
		['text', []],
		[null, []],
	])('with last_forbidden_error %j lacks %j', (error, scopes) => {
		expect(missingScopes(readAccount({ last_forbidden_error: error }))).toEqual(scopes);
	});

	test.each<[JsonRecord, string | null]>([
		[{ integration: { name: 'hubspot' } }, 'hubspot'],
		[{ integration: { name: 'hubspot', label: 'HubSpot' } }, 'HubSpot'],
		[{ integration: { name: 'hubspot', config: { label: 'HubSpot CRM' } } }, 'HubSpot CRM'],
		[{ integration: { name: '' } }, null],
		[{ integration: { label: ' ', name: ' hubspot ' } }, 'hubspot'],
		[{ integration: 'hubspot' }, null],
		[{}, null],
	])('%j is one of %j', (account, name) => {
		expect(readAccount(account).integrationLabel).toBe(name);
	});

	test.each<[JsonRecord, boolean]>([
		[{ status: 'active' }, true],
		[{ status: 'active', last_forbidden_error: { missing_scopes: ['a'] } }, false],
		[{ status: 'connecting' }, false],
		[{ status: 'needs_reauth' }, false],
		[{}, false],
	])('%j is known to work: %j', (account, healthy) => {
		expect(isHealthyAccount(readAccount(account))).toBe(healthy);
	});

	test.each<[JsonRecord[string], string]>([
		[{ message: 'Expired' }, ' (Expired)'],
		[{ message: null, error: 'Expired' }, ' (Expired)'],
		[{ message: ' ', code: 5 }, ' ({"message":" ","code":5})'],
		[['Expired'], ' (["Expired"])'],
		[401, ' (401)'],
		[{}, ''],
		['N/A', ''],
		[{ success: true }, ''],
		[{ message: 'none', error: 'Expired' }, ' (Expired)'],
		[{ success: false }, ' ({"success":false})'],
	])('with last_error %j says so', (error, said) => {
		const account = { status: 'needs_reauth', last_error: error };
		expect(accountAttention(readAccount(account)).reason).toBe(
			`The credentials have expired or were revoked: the customer has to reconnect${said}`,
		);
	});

	it('gives a bounded reason', () => {
		const long = 'x'.repeat(10_000);
		const accounts: JsonRecord[] = [
			{ status: 'needs_reauth', last_error: long },
			{ last_forbidden_error: { missing_scopes: Array<string>(1_000).fill(long) } },
		];
		for (const account of accounts) {
			expect(accountAttention(readAccount(account)).reason?.length).toBeLessThanOrEqual(300);
		}
	});

	it('of any JSON gives an answer', () => {
		const field = fc.record({
			status: fc.oneof(fc.constantFrom('active', 'needs_reauth', 'post_install_error'), anyJson),
			last_error: anyJson,
			last_forbidden_error: fc.oneof(anyJson, fc.record({ missing_scopes: anyJson })),
			last_action_run_result: anyJson,
			integration: anyJson,
		});
		fc.assert(
			fc.property(fc.oneof(field, anyJson), (account) => {
				const simple = simplifyAccount(readAccount(isJsonRecord(account) ? account : {}));
				expect(typeof simple.needs_attention).toBe('boolean');
				expect(simple.who_acts === 'nobody').toBe(!simple.needs_attention);
				expect(simple.reason === null).toBe(!simple.needs_attention);
			}),
		);
	});
});

describe('a simplified account', () => {
	test.each<[JsonRecord, boolean]>([
		[{ is_sandbox: true }, true],
		[{ is_sandbox: false }, false],
		[{ is_sandbox: 'yes' }, false],
		[{}, false],
	])('%j is one of a sandbox: %j', (account, isSandbox) => {
		expect(simplifyAccount(readAccount(account)).is_sandbox).toBe(isSandbox);
	});

	it('has ten flat fields', () => {
		const account: JsonRecord = {
			id: 'a1',
			tenant_id: 'acme',
			environment_id: 'e1',
			status: 'needs_reauth',
			last_error: 'Invalid grant',
			is_sandbox: false,
			context: { subdomain: 'acme' },
			integration: { id: 'i1', name: 'hubspot', label: 'HubSpot', category: 'crm' },
			created_at: '2026-04-01 10:00:00',
			updated_at: '2026-04-02T10:00:00.000Z',
		};
		expect(Object.entries(simplifyAccount(readAccount(deepFreeze(account))))).toEqual([
			['tenant_id', 'acme'],
			['integration_name', 'hubspot'],
			['status', 'needs_reauth'],
			['needs_attention', true],
			[
				'reason',
				'The credentials have expired or were revoked: the customer has to reconnect (Invalid grant)',
			],
			['who_acts', 'end_user'],
			['is_sandbox', false],
			['created_at', '2026-04-01T10:00:00.000Z'],
			['updated_at', '2026-04-02T10:00:00.000Z'],
			['integrated_account_id', 'a1'],
		]);
	});
});
