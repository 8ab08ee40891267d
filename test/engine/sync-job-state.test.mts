import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	FAULTS,
	SYNC_JOBS,
	tooManyRequests,
	UNKNOWN_ID,
	UNLIKELY_DIALECT,
} from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const run = async (parameters: INodeParameters, test: Partial<TrutoTest> = {}) =>
	await runTruto({
		simulator: truto(),
		parameters: { resource: 'syncJobState', ...parameters },
		...test,
	});

const CURSOR = { stateKey: ACCOUNTS.jira, key: 'last_synced_at' };

const set = async (parameters: INodeParameters, test: Partial<TrutoTest> = {}) =>
	await run({ operation: 'set', ...CURSOR, value: '2026-01-31', ...parameters }, test);

const stored = (key = CURSOR.key) =>
	[...truto().store.runStates.values()].find(
		(state) => state.state_key === ACCOUNTS.jira && state.key === key,
	)?.value;

const requests = () => truto().requests.map(({ method, path }) => `${method} ${path}`);

const ENTRY = '/sync-job-run-state/last_synced_at';

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
			/know this state entry nothing of state .* \(404\)/,
		],
		['a key that leads elsewhere', { key: '..' }, /^'Key' can't be used: \.\./],
		['no key', { key: '={{ "" }}' }, /^'Key' is empty/],
		['no state key', { stateKey: '={{ undefined }}' }, /^No state key is given/],
	])('says what is wrong: %s', async (_, parameters, message) => {
		const { error } = await run({ operation: 'get', ...CURSOR, ...parameters });

		expect(error?.message).toMatch(message);
	});
});

describe('the state key of a sync job', () => {
	const ofJob = async (id: string) =>
		await run({ operation: 'getAll', stateKey: '', syncJobId: byId(id) });

	it('is used where it is a plain text', async () => {
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
	])('can not be used of %s', async (id, message) => {
		const { error } = await ofJob(id);

		expect(error?.message).toMatch(message);
		expect(error?.description).toMatch(/^Enter (it|the state key) under 'State Key'/);
	});
});

describe('Get Many Sync Job States', () => {
	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('gives all entries of a state, where Truto speaks %s', async (_, dialect) => {
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
		const options = { pageSize: 100 };

		const all = await run({ operation: 'getAll', stateKey: 'many', returnAll: true, options });
		const some = await run({ operation: 'getAll', stateKey: 'many', limit: 120, options });

		expect(new Set(all.rows.map(({ key }) => key)).size).toBe(150);
		expect(some.rows).toHaveLength(120);
		expect(truto().requests.every(({ query }) => query.state_key === 'many')).toBe(true);
	});
});

describe('Set', () => {
	it('gives the value before and after', async () => {
		const before = stored();

		const { rows, error } = await set({});

		expect(error).toBeUndefined();
		expect(rows).toEqual([
			{
				key: 'last_synced_at',
				value_before: before,
				value: '2026-01-31',
				state_key: ACCOUNTS.jira,
				updated_at: expect.any(String),
			},
		]);
		expect(stored()).toBe('2026-01-31');
		expect(requests()).toEqual([`GET ${ENTRY}`, 'POST /sync-job-run-state']);
	});

	it('creates an entry that is not there', async () => {
		const { rows } = await set({ key: 'new' });

		expect(rows).toMatchObject([{ key: 'new', value_before: null, value: '2026-01-31' }]);
		expect(stored('new')).toBe('2026-01-31');
	});

	it.each([
		['a number', '={{ 42 }}', '42'],
		['a boolean', '={{ false }}', 'false'],
		['an object', '={{ { page: 2 } }}', '{"page":2}'],
		['a list', '={{ [1, 2] }}', '[1,2]'],
		[
			'a date',
			'={{ DateTime.fromISO("2026-01-31T00:00:00Z", { zone: "utc" }) }}',
			'2026-01-31T00:00:00.000Z',
		],
		['a text with spaces around it', ' a ', ' a '],
	])('sends text: %s', async (_, value, text) => {
		const { error } = await set({ value });

		expect(error).toBeUndefined();
		expect(stored()).toBe(text);
	});

	it.each(['={{ " " }}', '={{ undefined }}', '={{ $json.nothing }}'])(
		'does not erase a state by nothing: %s',
		async (value) => {
			const before = stored();

			const { error } = await set({ value });

			expect(error?.message).toMatch(/^'Value' is empty/);
			expect(error?.description).toContain("use the operation 'Delete'");
			expect(stored()).toBe(before);
			expect(requests()).toEqual([]);
		},
	);

	it('is sent again after a 429 only', async () => {
		truto().faults.forPath('POST /sync-job-run-state', tooManyRequests(1), 1);
		const waited = await set({});
		truto().faults.forPath('POST /sync-job-run-state', FAULTS.serverError);
		truto().clearRequests();
		const failed = await set({});

		expect(waited.rows).toHaveLength(1);
		expect(failed.error?.description).toMatch(/^Truto may have done it all the same/);
		expect(requests()).toEqual([`GET ${ENTRY}`, 'POST /sync-job-run-state']);
	});

	it('keeps the value from before the first try where n8n tries the node again', async () => {
		const before = stored();
		truto().faults.forPath('POST /sync-job-run-state', FAULTS.resetInBody, 1);

		const { rows } = await set(
			{},
			{ settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 } },
		);

		expect(rows).toMatchObject([{ value_before: before, value: '2026-01-31' }]);
	});
});

describe('Delete', () => {
	const remove = async (key: string = CURSOR.key) =>
		await run({ operation: 'delete', stateKey: ACCOUNTS.jira, key });

	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('gives the value that is gone, where Truto speaks %s', async (_, dialect) => {
		truto().speak(dialect);
		const before = stored('comments_cursor');

		const { rows, error } = await remove('comments_cursor');

		expect(error).toBeUndefined();
		expect(rows).toEqual([
			{
				deleted: true,
				key: 'comments_cursor',
				value_before: before,
				state_key: ACCOUNTS.jira,
			},
		]);
		expect(stored('comments_cursor')).toBeUndefined();
	});

	it('succeeds where the answer to the first try was lost', async () => {
		truto().faults.forPath(`DELETE ${ENTRY}`, FAULTS.resetInBody, 1);

		const { rows, error } = await remove();

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ deleted: true }]);
	});

	it('is an error where there is nothing to delete', async () => {
		const { error } = await remove('nothing');

		expect(error?.message).toMatch(/^Truto does not know this state entry nothing/);
	});
});
