import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { conformance, examine, MOST_REQUESTS, reportText } from '../../scripts/conformance.mts';
import { retriesRow } from '../../scripts/conformance/logs.mts';
import { createdTogetherRow } from '../../scripts/conformance/runs.mts';
import { DIALECTS, RUNS, startSimulator, UNLIKELY_DIALECT, VALID_TOKEN } from './index.mts';
import type { Simulator } from './index.mts';

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator();
	// What no Truto sends.
	for (const id of [RUNS.oddNames, RUNS.oddStatsArray, RUNS.oddStatsNumber, RUNS.oddStatsString]) {
		simulator.store.removeRun(id);
	}
	simulator.store.removeRun(RUNS.bareNumbers);
});
afterEach(() => simulator.close());

/** The report as `D1 array of a list: result`, one line for each row. */
async function lines(): Promise<string[]> {
	const rows = await conformance(simulator.url, VALID_TOKEN);
	const shown = rows.map(({ doubt, what, forms, why = '' }) => {
		return `${doubt} ${what}: ${forms.length > 0 ? forms.join('; ') : `not seen, ${why}`}`;
	});
	// What the simulator's runs show depends on the moment at which they were made.
	return shown.filter((line) => !line.startsWith('D16 created_at'));
}

const NOT_SEEN = [
	'D9 name of the event: not seen, only a delivery to a Truto Trigger shows it',
	'D10 form deliveries: not seen, only a delivery to a Truto Trigger shows it',
	'D11 signature: not seen, only a delivery to a Truto Trigger shows it',
];

const NO_STEP =
	'D13 days of a cron step: not seen, only the times at which Truto runs a schedule show it';

const HARDLY_READ = [
	'D15 target_url of a webhook: not seen, only a webhook that was just created shows it',
	'D16 when a run is listed: not seen, only runs that are watched from their start show it',
	'D17 answer to a change: not seen, the report changes nothing',
];

describe('the conformance report', () => {
	test('in the default dialect', async () => {
		expect(await lines()).toEqual([
			'D1 array of a list: result',
			'D1 next_cursor on last page: null',
			'D1 other fields of a list: limit and prev_cursor',
			'D2 page size over 100: taken',
			'D3 status[in]=a,b: works',
			'D3 created_at[gt]: works',
			'D4 times: 2026-04-01T10:00:00.000Z',
			'D5 DELETE of a run: not seen, the report deletes nothing',
			'D6 keys of resource_stats: crm/contacts; contacts as in the job',
			'D6 value of a method: an object: fetched, persisted',
			'D6 stats of a run without: null; {}; absent',
			'D7 account of a run: given',
			'D8 fields of a log entry: at the top',
			'D8 logs of a log entry: a list of objects; a list of texts',
			...NOT_SEEN,
			'D12 sync_job in a list: there, without label',
			'D12 sync_job on Get: there, without label',
			NO_STEP,
			'D14 retries in the logs: an entry with retry_after; an entry with retry_count',
			...HARDLY_READ,
			'D18 environment_id in a list: given',
			'D18 environment_id on Get: given',
			'D18 environment_id of jobs: given',
			'D18 environment_id of accounts: given',
			'D18 environment_id of webhooks: not seen, there are no webhooks',
		]);
	});

	test('with every doubt in its unlikely form', async () => {
		simulator.speak(UNLIKELY_DIALECT);
		expect(await lines()).toEqual([
			'D1 array of a list: results',
			'D1 next_cursor on last page: absent',
			'D1 other fields of a list: none',
			'D2 page size over 100: refused (400)',
			'D3 status[in]=a,b: ignored',
			'D3 created_at[gt]: refused (400)',
			'D4 times: 2026-04-01 10:00:00; 2026-04-01T10:00:00.000Z',
			'D5 DELETE of a run: not seen, the report deletes nothing',
			'D6 keys of resource_stats: crm/contacts; node name; contacts as in the job',
			'D6 value of a method: a number',
			'D6 stats of a run without: absent; {}',
			'D7 account of a run: absent',
			'D8 fields of a log entry: in metadata',
			'D8 logs of a log entry: one text',
			...NOT_SEEN,
			'D12 sync_job in a list: absent',
			'D12 sync_job on Get: there, without label',
			NO_STEP,
			'D14 retries in the logs: an entry with retry_after; an entry with retry_count',
			...HARDLY_READ,
			'D18 environment_id in a list: absent',
			'D18 environment_id on Get: given',
			'D18 environment_id of jobs: given',
			'D18 environment_id of accounts: given',
			'D18 environment_id of webhooks: not seen, there are no webhooks',
		]);
	});

	test.each([
		[{ pageSizeOver100: 'capped' }, 'D2 page size over 100: capped at 100'],
		[{ severalStatuses: 'refused' }, 'D3 status[in]=a,b: refused (400)'],
		[{ createdAtFilter: 'ignored' }, 'D3 created_at[gt]: ignored'],
		[{ times: 'spaced' }, 'D4 times: 2026-04-01 10:00:00'],
		[
			{ statsKey: 'plain' },
			'D6 keys of resource_stats: contacts for crm/contacts; a name that is not in the job; contacts as in the job',
		],
		[{ statsEmpty: '{}' }, 'D6 stats of a run without: {}; absent'],
		[{ runAccount: 'null' }, 'D7 account of a run: null'],
		[{ logTexts: 'json-text' }, 'D8 logs of a log entry: a JSON text'],
		[{ nestedLabel: 'given' }, 'D12 sync_job on Get: there, with label'],
		[
			{ retries: 'empty-errors' },
			'D14 retries in the logs: an empty error in an entry that worked; an entry with retry_after; an entry with retry_count',
		],
	] as const)('%j', async (dialect, line) => {
		simulator.store.addManyRuns(60, { resources: 1, spacingMs: 10_000_000_000 });
		simulator.speak(dialect);
		expect(await lines()).toContain(line);
	});

	test.each(DIALECTS)('only reads, and little, in $name', async ({ dialect }) => {
		simulator.speak(dialect);
		const { requests, rows } = await examine(simulator.url, VALID_TOKEN);
		expect(new Set(simulator.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
		expect(requests).toBe(simulator.requests.length);
		expect(requests).toBeLessThanOrEqual(MOST_REQUESTS);
		const text = reportText(rows, requests);
		expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}|northwind|acme|truto-demo-token/);
	});

	test('retries, as log entries tell of them', () => {
		const forms = (entry: object) => retriesRow([{ ...entry }]).forms;
		const empty = ['an empty error in an entry that worked'];
		expect(forms({ error: {}, message: 'ok' })).toEqual(empty);
		expect(forms({ logs: [{ message: 'ok', error: {} }] })).toEqual(empty);
		expect(forms({ metadata: { logs: '[{"error":{}}]' } })).toEqual(empty);
		expect(forms({ metadata: { retry_count: 1 } })).toEqual(['an entry with retry_count']);
		expect(forms({ retry_after: 30 })).toEqual(['an entry with retry_after']);
		expect(
			retriesRow([{ error: { status: 500 }, retry_count: 0, retry_after: null }]),
		).toMatchObject({ forms: [], why: 'no log entry tells of a retry' });
	});

	test('a try that failed, and the one that worked, in any order', () => {
		const failed = {
			timestamp: '2026-04-01T10:00:00Z',
			resource: 'crm/contacts',
			status: 'error',
			logs: [{ error: { statusCode: 502 } }],
		};
		const worked = { timestamp: '2026-04-01T10:00:01Z', resource: 'crm/contacts' };
		const forms = (...entries: object[]) =>
			retriesRow(entries.map((entry) => ({ ...entry }))).forms;
		expect(forms(worked, failed)).toEqual(['a 429, 502 or 504, then the same worked']);
		expect(forms(failed, { ...worked, resource: 'crm/notes' })).toEqual([]);
		expect(forms(failed, { ...worked, timestamp: '2026-04-01T09:59:59Z' })).toEqual([]);
		expect(forms({ ...failed, logs: [{ error: { statusCode: 422 } }] }, worked)).toEqual([]);
	});

	test('runs that were created together', () => {
		const forms = (...times: string[]) =>
			createdTogetherRow(times.map((created_at) => ({ created_at }))).forms;
		expect(forms('2026-04-01 10:00:00', '2026-04-01T10:00:00.000Z')).toEqual([
			'some runs have the same',
		]);
		expect(forms('2026-04-01 10:00:00', '2026-04-01 10:00:01')).toEqual(['each its own']);
		expect(forms('2026-04-01 10:00:00', 'soon')).toEqual([]);
	});

	test('an environment without anything', async () => {
		const { runs, syncJobs, integratedAccounts } = simulator.store;
		for (const things of [runs, syncJobs, integratedAccounts]) things.clear();
		expect((await lines()).filter((line) => !line.includes('not seen'))).toEqual([
			'D1 array of a list: result',
			'D1 next_cursor on last page: null',
			'D1 other fields of a list: limit and prev_cursor',
			'D2 page size over 100: taken',
		]);
	});

	test('a token that may read runs only', async () => {
		for (const path of ['/sync-job', '/integrated-account', '/webhook', '/log']) {
			simulator.faults.forPath(path, { kind: 'status', status: 403 });
		}
		const all = await lines();
		expect(all).toContain('D1 array of a list: result');
		expect(all).toContain(
			'D8 fields of a log entry: not seen, the runs that were looked at have no log entries',
		);
	});

	test.each([
		['wrong', '', 'does not accept the token (401)'],
		[VALID_TOKEN, '/v1', 'answered 404 without a list of sync job runs'],
	])('says why there is none: %s%s', async (token, path, message) => {
		await expect(examine(`${simulator.url}${path}`, token)).rejects.toThrow(message);
	});
});
