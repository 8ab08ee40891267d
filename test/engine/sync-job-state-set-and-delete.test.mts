import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, FAULTS, tooManyRequests, UNLIKELY_DIALECT } from '../simulator/index.mts';
import type { TrutoTest } from './harness.mts';
import { CURSOR, ENTRY, useSyncJobStates } from './use-sync-job-states.mts';

const { truto, run, stored, requests } = useSyncJobStates();

const set = async (parameters: INodeParameters, test: Partial<TrutoTest> = {}) =>
	await run(
		{ operation: 'set', ...CURSOR, valueType: 'text', value: '2026-01-31', ...parameters },
		test,
	);

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

	it.each([
		['a date of the picker, in the time zone of the workflow', '2026-01-31T00:00:00'],
		['a date of an expression', '={{ DateTime.fromISO("2026-01-31T00:00:00+01:00") }}'],
	])('sends a date in UTC: %s', async (_, date) => {
		const { rows, error } = await set({ valueType: 'date', date }, { timezone: 'Europe/Berlin' });

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ value: '2026-01-30T23:00:00.000Z' }]);
		expect(stored()).toBe('2026-01-30T23:00:00.000Z');
	});

	it('sends nothing without a date', async () => {
		const { error } = await set({ valueType: 'date', date: '={{ $json.nothing }}' });

		expect(error?.message).toMatch(/^'Date' is empty/);
		expect(requests()).toEqual([]);
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
		expect(failed.error?.description).toMatch(/^Truto may have done it anyway/);
		expect(requests()).toEqual([`GET ${ENTRY}`, 'POST /sync-job-run-state']);
	});

	it('keeps the value from before the first try if n8n tries the node again', async () => {
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
		await run({ operation: 'delete', ...CURSOR, key });

	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('gives the value that is gone, when Truto speaks %s', async (_, dialect) => {
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

	it('succeeds if the answer to the first try was lost', async () => {
		truto().faults.forPath(`DELETE ${ENTRY}`, FAULTS.resetInBody, 1);

		const { rows, error } = await remove();

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ deleted: true }]);
		expect(stored()).toBeUndefined();
		expect(requests()).toEqual([`GET ${ENTRY}`, `DELETE ${ENTRY}`, `GET ${ENTRY}`]);
	});

	it('is an error if there is nothing to delete', async () => {
		const { error } = await remove('nothing');

		expect(error?.message).toMatch(/^State entry nothing .* was not found in Truto/);
	});
});
