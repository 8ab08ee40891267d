import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, UNKNOWN_ID } from '../simulator/index.mts';
import { byId, byUrl, runTruto } from './harness.mts';
import { useResource } from './use-resource.mts';

const { truto, run, requests } = useResource('integratedAccount');

const get = async (id: string, parameters: INodeParameters = {}) =>
	await run({ operation: 'get', integratedAccountId: byId(id), ...parameters });

describe('Get Integrated Account', () => {
	it("gives Truto's fields after who has to act", async () => {
		const { rows, error } = await get(ACCOUNTS.needsReauth);

		expect(error).toBeUndefined();
		expect(rows).toEqual([
			expect.objectContaining({
				needs_attention: true,
				reason:
					'The credentials have expired or were revoked: the customer has to reconnect (Token refresh failed: invalid_grant (expired access/refresh token))',
				who_acts: 'end_user',
				id: ACCOUNTS.needsReauth,
				tenant_id: 'umbrella-2',
				integration: { id: expect.any(String), name: 'salesforce', category: 'crm' },
			}),
		]);
		expect(Object.keys(rows[0] ?? {}).slice(0, 4)).toEqual([
			'tenant_id',
			'needs_attention',
			'reason',
			'who_acts',
		]);
		expect(requests()).toEqual([`GET /integrated-account/${ACCOUNTS.needsReauth}`]);
	});

	it.each<[keyof typeof ACCOUNTS, boolean, string]>([
		['hubspot', false, 'nobody'],
		['connecting', false, 'nobody'],
		['jiraNoScopes', true, 'end_user'],
		['validationError', true, 'end_user'],
		['postInstallError', true, 'job_owner'],
	])('of %s: needs attention is %s, %s acts', async (name, needsAttention, whoActs) => {
		const { rows } = await get(ACCOUNTS[name]);

		expect(rows).toMatchObject([{ needs_attention: needsAttention, who_acts: whoActs }]);
	});

	it('simplifies to ten columns', async () => {
		const { rows } = await get(ACCOUNTS.jiraNoScopes, { simplify: true });

		expect(rows).toEqual([
			{
				integrated_account_id: ACCOUNTS.jiraNoScopes,
				tenant_id: 'contoso-ltd',
				integration_name: 'jira',
				status: 'active',
				needs_attention: true,
				reason:
					'The customer has to reconnect and grant the missing permissions: read:jira-work, read:jira-user',
				who_acts: 'end_user',
				is_sandbox: false,
				created_at: expect.any(String),
				updated_at: expect.any(String),
			},
		]);
	});

	it("as an agent's tool takes a plain id and gives few fields", async () => {
		const asTool = async (parameters: INodeParameters) =>
			await runTruto({
				simulator: truto(),
				isTool: true,
				parameters: {
					resource: 'integratedAccount',
					operation: 'get',
					integratedAccountId: ACCOUNTS.hubspot,
					...parameters,
				},
			});

		const simplified = await asTool({});
		const chosen = await asTool({
			output: 'fields',
			selectedFields: 'tenant_id, needs_attention',
		});

		expect(Object.keys(simplified.rows[0] ?? {})).toHaveLength(10);
		expect(chosen.rows).toEqual([{ tenant_id: 'acme-1', needs_attention: false }]);
	});

	it('takes a URL, and an id of each item', async () => {
		const url = await run({
			operation: 'get',
			integratedAccountId: byUrl(
				`https://app.truto.one/integrated-accounts/${ACCOUNTS.jira}?tab=1`,
			),
		});
		const items = await run(
			{ operation: 'get', integratedAccountId: byId('={{ $json.account }}') },
			{ items: [{ account: ACCOUNTS.hubspot }, { account: ACCOUNTS.zendesk }] },
		);

		expect(url.rows).toMatchObject([{ id: ACCOUNTS.jira }]);
		expect(items.outputs[0]?.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[ACCOUNTS.hubspot, { item: 0 }],
			[ACCOUNTS.zendesk, { item: 1 }],
		]);
	});

	it('says which account is not known, and continues if asked', async () => {
		const failed = await get(UNKNOWN_ID);
		const continued = await runTruto({
			simulator: truto(),
			parameters: {
				resource: 'integratedAccount',
				operation: 'get',
				integratedAccountId: byId('={{ $json.account }}'),
			},
			items: [{ account: UNKNOWN_ID }, { account: ACCOUNTS.jira }],
			onError: 'continueRegularOutput',
		});

		expect(failed.error?.message).toBe(
			`Integrated account ${UNKNOWN_ID} was not found in Truto (404) [item 0]`,
		);
		expect(continued.rows).toMatchObject([
			{ error: expect.stringContaining('(404)') },
			{ id: ACCOUNTS.jira },
		]);
	});
});
