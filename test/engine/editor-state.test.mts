import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, FAULTS, SYNC_JOBS } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { searchList } from './methods.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const search = async (parameters: INodeParameters, filter?: string, page?: string) =>
	await searchList(
		{
			simulator: truto(),
			parameters: { resource: 'syncJobState', operation: 'set', ...parameters },
		},
		{ method: 'searchStateEntries', path: 'key', filter, page },
	);

const entries = async (parameters: INodeParameters, filter?: string) =>
	(await search(parameters, filter)).results.map(({ name, value }) => [name, value]);

const JIRA = {
	syncJobId: byId(SYNC_JOBS.v4Ticketing),
	integratedAccountId: byId(ACCOUNTS.jira),
};

describe('the list of entries of a state', () => {
	const fill = () => {
		truto().store.runStates.clear();
		const state_key = ACCOUNTS.jira;
		truto().store.setRunState({ state_key, key: 'last_synced_at', value: '2026-11-25T12:00:00Z' });
		truto().store.setRunState({ state_key, key: 'cursor', value: 'x'.repeat(100) });
		truto().store.setRunState({ state_key: 'other', key: 'other', value: '1' });
	};

	it.each<[string, INodeParameters]>([
		['job and account', JIRA],
		['state key', { specifyState: 'stateKey', stateKey: ACCOUNTS.jira }],
	])('shows keys and values, by %s', async (_, parameters) => {
		fill();

		expect((await entries(parameters)).sort()).toEqual([
			[`cursor · ${'x'.repeat(28)}… (72 more characters)`, 'cursor'],
			['last_synced_at · 2026-11-25T12:00:00Z', 'last_synced_at'],
		]);
		expect((await entries(parameters, '2026 LAST')).map(([, key]) => key)).toEqual([
			'last_synced_at',
		]);
	});

	it.each<[string, INodeParameters, string]>([
		['no job', {}, 'No sync job selected'],
		['no account', { syncJobId: byId(SYNC_JOBS.v4Ticketing) }, 'No integrated account selected'],
		[
			'an empty state',
			{ specifyState: 'stateKey', stateKey: 'nothing' },
			'This state has no entries yet. Its sync job has not run, or stores none.',
		],
		[
			'a job without a state',
			{ syncJobId: byId(SYNC_JOBS.hris), integratedAccountId: byId(ACCOUNTS.bamboohr) },
			'This sync job has no state key',
		],
	])('says what is missing: %s', async (_, parameters, text) => {
		expect(await entries(parameters)).toEqual([[text, '']]);
	});

	it('says what nobody finds, and what Truto refuses', async () => {
		expect(await entries(JIRA, 'nothing')).toEqual([['No state entries match "nothing"', '']]);

		truto().faults.forPath('GET /sync-job-run-state', FAULTS.forbidden);
		await expect(entries(JIRA)).rejects.toThrow('(403)');
	});
});

describe('the list of entries of a long state', () => {
	const fill = (count: number) => {
		truto().store.runStates.clear();
		for (let number = 0; number < count; number++) {
			truto().store.setRunState({ state_key: ACCOUNTS.jira, key: `key ${number}`, value: '1' });
		}
	};

	it('goes on where it ended', async () => {
		fill(150);

		const first = await search(JIRA);
		const token = first.paginationToken as string;
		const second = await search(JIRA, undefined, token);
		const none = await search(JIRA, 'nothing', token);

		expect([first.results.length, second.results.length]).toEqual([100, 50]);
		const keys = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(keys).size).toBe(150);
		expect(second.paginationToken).toBeUndefined();
		expect(none.results).toEqual([]);
	});

	it('says so if not all were searched', async () => {
		fill(2_001);

		expect(await entries(JIRA, 'nothing')).toEqual([
			['No state entries that match "nothing" were found: enter the key instead', ''],
		]);
	});
});

describe('the list of accounts of a state', () => {
	it("holds those of the sync job's integration", async () => {
		const { results } = await searchList(
			{
				simulator: truto(),
				parameters: {
					resource: 'syncJobState',
					operation: 'get',
					syncJobId: byId(SYNC_JOBS.v4Crm),
				},
			},
			{ method: 'searchAccountsOfJob', path: 'integratedAccountId' },
		);

		expect(results.map(({ value }) => value).sort()).toEqual(
			[ACCOUNTS.pipedrive, ACCOUNTS.pipedriveExpired].sort(),
		);
	});
});
