import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	FAULTS,
	remoteErrorBody,
	tooManyRequests,
	UNKNOWN_ID,
	UNLIKELY_DIALECT,
	type Dialect,
} from '../simulator/index.mts';
import { byId, byUrl, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const run = async (parameters: INodeParameters, items?: IDataObject[]) =>
	await runTruto({
		simulator: truto(),
		parameters: { resource: 'integratedAccount', ...parameters },
		items,
	});

const get = async (id: string, parameters: INodeParameters = {}) =>
	await run({ operation: 'get', integratedAccountId: byId(id), ...parameters });

const getMany = async (parameters: INodeParameters = {}) =>
	await run({ operation: 'getAll', returnAll: true, ...parameters });

const requests = () => truto().requests.map(({ method, path }) => `${method} ${path}`);

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
		expect(Object.keys(rows[0] ?? {}).slice(0, 3)).toEqual([
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
					'The customer has to reconnect and allow more, as these permissions are missing: read:jira-work, read:jira-user',
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
			[{ account: ACCOUNTS.hubspot }, { account: ACCOUNTS.zendesk }],
		);

		expect(url.rows).toMatchObject([{ id: ACCOUNTS.jira }]);
		expect(items.outputs[0]?.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			[ACCOUNTS.hubspot, { item: 0 }],
			[ACCOUNTS.zendesk, { item: 1 }],
		]);
	});

	it('says which account is not known, and continues where asked', async () => {
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
			`Truto does not know this integrated account ${UNKNOWN_ID} (404) [item 0]`,
		);
		expect(continued.rows).toMatchObject([
			{ error: expect.stringContaining('(404)') },
			{ id: ACCOUNTS.jira },
		]);
	});
});

describe('Get Many Integrated Accounts', () => {
	const ids = (rows: IDataObject[]) => rows.map(({ id }) => id).sort();

	const FILTERS: [string, INodeParameters, (keyof typeof ACCOUNTS)[]][] = [
		['tenant', { tenantId: 'acme-1' }, ['hubspot', 'zendesk']],
		['integration', { integrationName: 'jira' }, ['jiraNoScopes', 'jira', 'validationError']],
		['status', { status: ['needs_reauth'] }, ['needsReauth', 'pipedriveExpired']],
		[
			'statuses',
			{ status: ['needs_reauth', 'validation_error'] },
			['needsReauth', 'pipedriveExpired', 'validationError'],
		],
		['sandbox', { isSandbox: true }, ['drive']],
		[
			'all of them',
			{ integrationName: 'jira', status: ['active'], isSandbox: false, tenantId: 'wingtip-toys' },
			['jira'],
		],
	];

	const DIALECTS: [string, Partial<Dialect>][] = [
		['the likely forms', {}],
		[
			'lists called results, filters ignored',
			{ listEnvelope: 'results', severalStatuses: 'ignored' },
		],
		['filters refused', { severalStatuses: 'refused' }],
		['every unlikely form', UNLIKELY_DIALECT],
	];

	describe.each(DIALECTS)('where Truto speaks %s', (_, dialect) => {
		it.each(FILTERS)('filters by %s', async (__, filters, names) => {
			truto().speak(dialect);

			const { rows, error } = await getMany({ filters });

			expect(error).toBeUndefined();
			expect(ids(rows)).toEqual(names.map((name) => ACCOUNTS[name]).sort());
		});
	});

	it('sends the filters to Truto by its names', async () => {
		await getMany({
			filters: { integrationName: 'jira', status: ['active'], isSandbox: false, tenantId: 'a' },
		});

		expect(truto().requests.map(({ query }) => query)).toEqual([
			{
				tenant_id: 'a',
				'integration.name': 'jira',
				status: 'active',
				is_sandbox: 'false',
				limit: '500',
			},
		]);
	});

	const ACCOUNT = {
		id: 'right',
		tenant_id: 'acme-1',
		integration: { name: 'jira' },
		status: 'active',
		is_sandbox: true,
	};

	it.each<[string, INodeParameters, IDataObject]>([
		['tenant', { tenantId: 'acme-1' }, { tenant_id: 'globex-7' }],
		['integration', { integrationName: 'jira' }, { integration: { name: 'hubspot' } }],
		['status', { status: ['active'] }, { status: 'connecting' }],
		['sandbox', { isSandbox: true }, { is_sandbox: false }],
	])('filters by %s also where Truto does not', async (_, filters, other) => {
		const result = [ACCOUNT, { ...ACCOUNT, id: 'wrong', ...other }];
		truto().faults.next(1, { kind: 'status', status: 200, body: { result } });

		const { rows } = await getMany({ filters });

		expect(ids(rows)).toEqual(['right']);
	});

	it('filters by all that Truto refuses', async () => {
		truto().faults.next(2, { kind: 'status', status: 400 });

		const { rows, error } = await getMany({ filters: { tenantId: 'acme-1' } });

		expect(error).toBeUndefined();
		expect(ids(rows)).toEqual([ACCOUNTS.hubspot, ACCOUNTS.zendesk].sort());
		expect(truto().requests.map(({ query }) => query.tenant_id)).toEqual([
			'acme-1',
			'acme-1',
			undefined,
		]);
	});

	it('finds the customers who must reconnect, and the others', async () => {
		const needing = await getMany({ filters: { needsAttention: true } });
		const others = await getMany({ filters: { needsAttention: false } });

		expect(ids(needing.rows)).toEqual(
			[
				ACCOUNTS.needsReauth,
				ACCOUNTS.pipedriveExpired,
				ACCOUNTS.jiraNoScopes,
				ACCOUNTS.validationError,
				ACCOUNTS.postInstallError,
			].sort(),
		);
		expect(needing.rows.every(({ needs_attention }) => needs_attention === true)).toBe(true);
		expect(others.rows).toHaveLength(10);
	});

	it('keeps to its limit, also where it leaves accounts out by itself', async () => {
		const { rows } = await run({
			operation: 'getAll',
			limit: 2,
			filters: { needsAttention: true },
		});

		expect(rows).toHaveLength(2);
		expect(rows.every(({ needs_attention }) => needs_attention === true)).toBe(true);
	});

	it('is an error where an added filter got nothing', async () => {
		const { error } = await getMany({ filters: { tenantId: '={{ undefined }}' } });

		expect(error?.message).toBe("'Tenant ID' is empty [item 0]");
		expect(requests()).toEqual([]);
	});
});

describe('Refresh Credentials', () => {
	const refresh = async (id: string, options: INodeParameters = {}) =>
		await run({ operation: 'refreshCredentials', integratedAccountId: byId(id), options });

	it('lets Truto refresh them', async () => {
		const { rows, error } = await refresh(ACCOUNTS.hubspot);

		expect(error).toBeUndefined();
		expect(rows).toEqual([{ success: true, integrated_account_id: ACCOUNTS.hubspot }]);
		expect(truto().requests).toMatchObject([
			{
				method: 'POST',
				path: '/integrated-account/refresh-credentials',
				body: { id: ACCOUNTS.hubspot },
			},
		]);
	});

	it('says who must act where the integrated app refuses', async () => {
		const { error } = await refresh(ACCOUNTS.needsReauth);

		expect(error?.message).toBe(
			`The credentials of integrated account ${ACCOUNTS.needsReauth} could not be refreshed [item 0]`,
		);
		expect(error?.description).toMatch(
			/^The customer has to reconnect the account\. .*invalid_grant/,
		);
	});

	it('does not blame the customer for a fault of the integrated app', async () => {
		truto().faults.next(1, {
			kind: 'status',
			status: 502,
			body: remoteErrorBody(502, { error: 'down' }),
		});

		const { error } = await refresh(ACCOUNTS.hubspot);

		expect(error?.message).toMatch(/^The integrated app failed, not Truto \(502\)/);
	});

	it('believes an answer that it did not work', async () => {
		truto().faults.next(1, { kind: 'status', status: 200, body: { success: false } });

		const { error } = await refresh(ACCOUNTS.hubspot);

		expect(error?.message).toMatch(/could not be refreshed/);
	});

	it('is sent again after a 429 only', async () => {
		truto().faults.next(1, tooManyRequests(1));
		const waited = await refresh(ACCOUNTS.hubspot);
		truto().clearRequests();
		truto().faults.next(9, FAULTS.gatewayTimeout);
		const failed = await refresh(ACCOUNTS.hubspot);

		expect(waited.rows).toMatchObject([{ success: true }]);
		expect(failed.error?.description).toMatch(/^Truto may have done it all the same/);
		expect(requests()).toHaveLength(1);
	});

	it('says which account Truto does not know', async () => {
		const { error } = await refresh(UNKNOWN_ID);

		expect(error?.message).toBe(
			`Truto does not know this integrated account ${UNKNOWN_ID} (404) [item 0]`,
		);
	});
});
