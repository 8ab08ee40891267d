import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { Truto } from '../../nodes/Truto/Truto.node';
import { ACCOUNTS, SYNC_JOBS } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { searchList } from './methods.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

describe('the list of accounts', () => {
	const accounts = async (parameters: INodeParameters, filter?: string, page?: string) =>
		await searchList(
			{ simulator: truto(), parameters },
			{ method: 'searchAccountsOfJob', path: 'integratedAccountId', filter, page },
		);

	const starting = (job: string) => ({ operation: 'start', syncJobId: byId(job) });

	it('shows tenant, integration and status', async () => {
		const { results } = await accounts({}, ACCOUNTS.needsReauth);

		expect(results).toEqual([
			{ name: 'umbrella-2 · salesforce · Needs Reconnecting', value: ACCOUNTS.needsReauth },
		]);
	});

	it.each([
		['Start', starting(SYNC_JOBS.v4Crm)],
		['Create', { resource: 'schedule', operation: 'create', syncJobId: byId(SYNC_JOBS.v4Crm) }],
	])("of %s holds those of the sync job's integration", async (_, parameters) => {
		const { results } = await accounts(parameters);

		expect(results.map(({ value }) => value).sort()).toEqual(
			[ACCOUNTS.pipedrive, ACCOUNTS.pipedriveExpired].sort(),
		);
		expect(truto().requests.at(-1)?.query).toMatchObject({ 'integration.name': 'pipedrive' });
	});

	it.each([
		['a job over several integrations', starting(SYNC_JOBS.v4Files)],
		['a job without accounts of its integration', starting('lonely')],
		['no job yet', starting('')],
		['a job that is not known', starting('unknown')],
	])('holds all of them for %s', async (_, parameters) => {
		truto().store.addSyncJob({ id: 'lonely', integration_name: 'nobody-uses-it' });

		const { results } = await accounts(parameters);

		expect(results).toHaveLength(15);
	});

	it('holds all of them where no sync job is run', async () => {
		const { results } = await searchList(
			{ simulator: truto(), parameters: { operation: 'getAll', syncJobId: byId(SYNC_JOBS.v4Crm) } },
			{ method: 'searchIntegratedAccounts', path: 'integratedAccountId' },
		);

		expect(results).toHaveLength(15);
	});

	it.each([
		['syncJobRun', 'start', 'searchAccountsOfJob'],
		['schedule', 'create', 'searchAccountsOfJob'],
		['syncJobState', 'get', 'searchAccountsOfJob'],
		['integratedAccount', 'get', 'searchIntegratedAccounts'],
	])('that %s: %s shows is %s', (resource, operation, method) => {
		const { properties } = new Truto().description;
		const account = properties.find(
			({ name, displayOptions: { show = {} } = {} }) =>
				name === 'integratedAccountId' &&
				show.resource?.includes(resource) &&
				show.operation?.includes(operation),
		);

		expect(account?.modes?.[0]?.typeOptions?.searchListMethod).toBe(method);
	});

	it('finds an account of another integration, if none of the right one matches', async () => {
		const { results } = await accounts(starting(SYNC_JOBS.v4Crm), 'umbrella');

		expect(results.map(({ value }) => value)).toEqual([ACCOUNTS.needsReauth]);
	});

	it.each([
		['narrowed', SYNC_JOBS.v4Crm, 'pipedrive'],
		['all', 'lonely', 'nobody-uses-it'],
	])('goes on where it ended: %s', async (_, job, integration) => {
		truto().store.addSyncJob({ id: 'lonely', integration_name: integration });
		const { integration: pipedrive } =
			truto().store.integratedAccounts.get(ACCOUNTS.pipedrive) ?? {};
		for (let index = 0; index < 120; index++) {
			truto().store.addIntegratedAccount({ integration: pipedrive });
		}

		const first = await accounts(starting(job));
		const second = await accounts(starting(job), '', String(first.paginationToken));

		const ids = [...first.results, ...second.results].map(({ value }) => value);
		expect(first.results).toHaveLength(100);
		expect(new Set(ids).size).toBe(job === 'lonely' ? 135 : 122);
		expect(second.paginationToken).toBeUndefined();
	});
});
