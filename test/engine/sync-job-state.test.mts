import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, SYNC_JOBS, UNLIKELY_DIALECT } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { CURSOR, ENTRY, useSyncJobStates } from './use-sync-job-states.mts';

const { truto, run, stored } = useSyncJobStates();

const STATE = { specifyState: 'stateKey', stateKey: ACCOUNTS.jira };
const MANY = { specifyState: 'stateKey', stateKey: 'many' };

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
		expect(Object.keys(rows[0] ?? {})).toEqual([
			...['key', 'value', 'created_at', 'updated_at', 'sync_job_run_id', 'state_key'],
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

		const { rows } = await run({
			operation: 'get',
			specifyState: 'stateKey',
			stateKey: 'x&y',
			key,
		});

		expect(rows).toMatchObject([{ state_key: 'x&y', key, value: 'v' }]);
	});

	it.each<[string, INodeParameters, RegExp]>([
		[
			'an entry that is not known',
			{ key: 'nothing' },
			/^State entry nothing of state .* was not found in Truto \(404\)/,
		],
		['a key that leads elsewhere', { key: '..' }, /^'Key' is not valid: \.\./],
		['no key', { key: '={{ "" }}' }, /^No entry selected/],
		['no state key', { stateKey: '={{ undefined }}' }, /^'State Key' is empty/],
		[
			'no sync job',
			{ specifyState: 'syncJob', syncJobId: byId('={{ undefined }}') },
			/^No sync job selected/,
		],
	])('says what is wrong: %s', async (_, parameters, message) => {
		const { error } = await run({ operation: 'get', ...CURSOR, ...parameters });

		expect(error?.message).toMatch(message);
	});
});

describe('the state of a sync job', () => {
	const ofJob = async (syncJobId: string, integratedAccountId?: string) =>
		await run({
			operation: 'getAll',
			syncJobId: byId(syncJobId),
			integratedAccountId: byId(integratedAccountId ?? ''),
		});

	it('is found by the job alone if its state key is a plain text', async () => {
		const job = truto().store.addSyncJob({ default_runtime_version: 4, state_key: 'nightly' });
		truto().store.setRunState({ state_key: 'nightly', key: 'cursor', value: '7' });

		const { rows } = await ofJob(job.id);

		expect(rows).toMatchObject([{ state_key: 'nightly', key: 'cursor', value: '7' }]);
	});

	it.each([
		['{{args.integrated_account_id}}', ACCOUNTS.pipedrive],
		['{{ args.account }}', ACCOUNTS.pipedrive],
		['{{ args.account }}', ACCOUNTS.pipedrive.toUpperCase()],
	])('is found by job and account: %s of %s', async (placeholder, account) => {
		const { id } = truto().store.addSyncJob({
			default_runtime_version: 4,
			integration_name: 'pipedrive',
			state_key: `crm-${placeholder}-2`,
			args_schema: { account: { type: 'string', format: 'integrated_account_id' } },
		});
		const state_key = `crm-${ACCOUNTS.pipedrive}-2`;
		truto().store.setRunState({ state_key, key: 'cursor', value: '7' });

		const { rows } = await ofJob(id, account);

		expect(rows).toMatchObject([{ state_key, key: 'cursor', value: '7' }]);
	});

	it.each<[string, string, string | undefined, RegExp]>([
		['no account', SYNC_JOBS.v4Crm, undefined, /^No integrated account selected/],
		[
			'an account of another integration',
			SYNC_JOBS.v4Crm,
			ACCOUNTS.jira,
			/^The sync job is for pipedrive, but the integrated account is connected to jira/,
		],
		[
			'a job without a state key',
			SYNC_JOBS.hris,
			ACCOUNTS.bamboohr,
			/^This sync job has no state key/,
		],
		[
			'a state key with another placeholder',
			'by-stage',
			ACCOUNTS.pipedrive,
			/^The state key of this sync job depends on args\.stage: \{\{args\.stage\}\}/,
		],
	])('is not guessed: %s', async (_, job, account, message) => {
		truto().store.addSyncJob({ id: 'by-stage', state_key: '{{args.stage}}' });

		const { error } = await ofJob(job, account);

		expect(error?.message).toMatch(message);
	});
});

describe('Get Many Sync Job States', () => {
	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('gives all entries of a state, when Truto speaks %s', async (_, dialect) => {
		truto().speak(dialect);

		const { rows, error } = await run({ operation: 'getAll', ...STATE });

		expect(error).toBeUndefined();
		expect(rows.map(({ key }) => key).sort()).toEqual(['comments_cursor', 'last_synced_at']);
		expect(rows.every(({ state_key }) => state_key === ACCOUNTS.jira)).toBe(true);
	});

	it('pages to its limit', async () => {
		for (let index = 0; index < 150; index++) {
			truto().store.setRunState({ state_key: 'many', key: `k${String(index)}`, value: 'v' });
		}
		truto().speak({ pageSizeOver100: 'capped' });

		const all = await run({ operation: 'getAll', ...MANY, returnAll: true });
		const some = await run({ operation: 'getAll', ...MANY, limit: 120 });

		expect(new Set(all.rows.map(({ key }) => key)).size).toBe(150);
		expect(some.rows).toHaveLength(120);
		expect(truto().requests.every(({ query }) => query.state_key === 'many')).toBe(true);
	});
});
