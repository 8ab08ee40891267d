import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, SYNC_JOBS, UNKNOWN_ID, UNLIKELY_DIALECT } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { CURSOR, ENTRY, useSyncJobStates } from './use-sync-job-states.mts';

const { truto, run, stored } = useSyncJobStates();

describe('Get Sync Job State', () => {
	it('gives one entry, and names its state', async () => {
		const { rows, error } = await run({ operation: 'get', ...CURSOR });

		expect(error).toBeUndefined();
		expect(rows).toEqual([
			{
				state_key: ACCOUNTS.jira,
				key: 'last_synced_at',
				value: stored(),
				sync_job_run_id: expect.any(String),
				created_at: expect.any(String),
				updated_at: expect.any(String),
			},
		]);
		expect(truto().requests).toMatchObject([{ path: ENTRY, query: { state_key: ACCOUNTS.jira } }]);
	});

	it('works as a tool', async () => {
		const { rows } = await run({ operation: 'get', ...CURSOR }, { isTool: true });

		expect(rows).toMatchObject([{ key: 'last_synced_at' }]);
	});

	it('takes keys with any characters', async () => {
		const key = 'a/b?c=d #ä';
		truto().store.setRunState({ state_key: 'x&y', key, value: 'v' });

		const { rows } = await run({ operation: 'get', stateKey: 'x&y', key });

		expect(rows).toMatchObject([{ state_key: 'x&y', key, value: 'v' }]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		[
			'an entry that is not known',
			{ key: 'nothing' },
			/^State entry nothing of state .* was not found in Truto \(404\)/,
		],
		['a key that leads elsewhere', { key: '..' }, /^'Key' is not valid: \.\./],
		['no key', { key: '={{ "" }}' }, /^'Key' is empty/],
		['no state key', { stateKey: '={{ undefined }}' }, /^No state key entered/],
	])('says what is wrong: %s', async (_, parameters, message) => {
		const { error } = await run({ operation: 'get', ...CURSOR, ...parameters });

		expect(error?.message).toMatch(message);
	});
});

describe('the state key of a sync job', () => {
	const ofJob = async (id: string) =>
		await run({ operation: 'getAll', stateKey: '', syncJobId: byId(id) });

	it('is used if it is a plain text', async () => {
		const job = truto().store.addSyncJob({ default_runtime_version: 4, state_key: 'nightly' });
		truto().store.setRunState({ state_key: 'nightly', key: 'cursor', value: '7' });

		const { rows } = await ofJob(job.id);

		expect(rows).toMatchObject([{ state_key: 'nightly', key: 'cursor', value: '7' }]);
	});

	it('gives way to one that is entered', async () => {
		const { rows } = await run({
			operation: 'getAll',
			stateKey: ACCOUNTS.jira,
			syncJobId: byId(UNKNOWN_ID),
		});

		expect(rows).toHaveLength(2);
	});

	it.each([
		[SYNC_JOBS.v4Crm, /is different for each run: \{\{args\.integrated_account_id\}\}/],
		[SYNC_JOBS.hris, /has no state key/],
	])('cannot be used of %s', async (id, message) => {
		const { error } = await ofJob(id);

		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/^Enter (it|the state key) under 'State Key'/);
	});
});

describe('Get Many Sync Job States', () => {
	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('gives all entries of a state, when Truto speaks %s', async (_, dialect) => {
		truto().speak(dialect);

		const { rows, error } = await run({ operation: 'getAll', stateKey: ACCOUNTS.jira });

		expect(error).toBeUndefined();
		expect(rows.map(({ key }) => key).sort()).toEqual(['comments_cursor', 'last_synced_at']);
		expect(rows.every(({ state_key }) => state_key === ACCOUNTS.jira)).toBe(true);
	});

	it('pages to its limit', async () => {
		for (let index = 0; index < 150; index++) {
			truto().store.setRunState({ state_key: 'many', key: `k${String(index)}`, value: 'v' });
		}
		truto().speak({ pageSizeOver100: 'capped' });

		const all = await run({ operation: 'getAll', stateKey: 'many', returnAll: true });
		const some = await run({ operation: 'getAll', stateKey: 'many', limit: 120 });

		expect(new Set(all.rows.map(({ key }) => key)).size).toBe(150);
		expect(some.rows).toHaveLength(120);
		expect(truto().requests.every(({ query }) => query.state_key === 'many')).toBe(true);
	});
});
