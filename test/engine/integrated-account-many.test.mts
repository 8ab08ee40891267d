import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, UNLIKELY_DIALECT, type Dialect } from '../simulator/index.mts';
import { useResource } from './use-resource.mts';

const { truto, run, requests } = useResource('integratedAccount');

const getMany = async (parameters: INodeParameters = {}) =>
	await run({ operation: 'getAll', returnAll: true, ...parameters });

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
		['sandbox', { sandbox: 'only' }, ['drive']],
		[
			'all of them',
			{ integrationName: 'jira', status: ['active'], sandbox: 'none', tenantId: 'wingtip-toys' },
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

	describe.each(DIALECTS)('when Truto speaks %s', (_, dialect) => {
		it.each(FILTERS)('filters by %s', async (__, filters, names) => {
			truto().speak(dialect);

			const { rows, error } = await getMany({ filters });

			expect(error).toBeUndefined();
			expect(ids(rows)).toEqual(names.map((name) => ACCOUNTS[name]).sort());
		});
	});

	it('sends the filters to Truto by its names', async () => {
		await getMany({
			filters: { integrationName: 'jira', status: ['active'], sandbox: 'none', tenantId: 'a' },
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
		['sandbox', { sandbox: 'only' }, { is_sandbox: false }],
		['sandbox', { sandbox: 'only' }, { is_sandbox: null }],
		['tenant', { tenantId: 'acme-1' }, { tenant_id: null }],
	])('filters by %s even if Truto does not', async (_, filters, other) => {
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
		const needing = await getMany({ filters: { attention: 'needed' } });
		const others = await getMany({ filters: { attention: 'working' } });
		const all = await getMany({ filters: { attention: 'all', sandbox: 'all' } });

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
		expect(all.rows).toHaveLength(15);
	});

	it('keeps to its limit, even if the node itself leaves accounts out', async () => {
		const { rows } = await run({
			operation: 'getAll',
			limit: 2,
			filters: { attention: 'needed' },
		});

		expect(rows).toHaveLength(2);
		expect(rows.every(({ needs_attention }) => needs_attention === true)).toBe(true);
	});

	it.each([
		['Tenant ID', { tenantId: '={{ undefined }}' }],
		['Integration Name', { integrationName: ' ' }],
		['Sandbox', { sandbox: '={{ undefined }}' }],
		['Attention', { attention: '={{ null }}' }],
		['Status', { status: '={{ undefined }}' }],
	])('is an error if an added filter is empty: %s', async (name, filters) => {
		const { error } = await getMany({ filters });

		expect(error?.message).toBe(`'${name}' is empty [item 0]`);
		expect(requests()).toEqual([]);
	});
});
