import { describe, expect, it, test } from '@jest/globals';

import { durationSeconds, integrationName, runContext } from '../../../lib/runs/runContext';
import { timestamp } from '../../../lib/truto/timestamp';
import { finishedRun } from '../helpers/runs.mts';

describe('the duration of a run', () => {
	test.each([
		['2026-11-24T10:00:00Z', '2026-11-24T10:01:30.250Z', 90.25],
		['2026-11-24T10:00:00.000Z', '2026-11-24T10:00:00.000Z', 0],
		['2026-11-24T11:00:00+01:00', '2026-11-24T10:00:05Z', 5],
		['2026-12-31T23:59:59Z', '2027-01-01T00:00:01Z', 2],
	])('from %s to %s is %d s', (started, finished, seconds) => {
		expect(durationSeconds({ started_at: started, finished_at: finished })).toBe(seconds);
	});

	const start = '2026-11-24T10:00:00Z';

	test.each([
		['unfinished', { started_at: start, finished_at: null }],
		['unfinished, the field absent', { started_at: start }],
		['not started', { started_at: null, finished_at: null }],
		['without any times', {}],
		['finished but never started', { started_at: null, finished_at: start }],
		['finished at an unreadable time', { started_at: start, finished_at: 'yesterday-ish' }],
		['started at an empty time', { started_at: '', finished_at: start }],
		['finished at a number', { started_at: start, finished_at: 1_764_000_000_000 }],
	])('is null for a run that is %s', (_, run) => {
		expect(durationSeconds(run)).toBeNull();
	});
});

describe('a timestamp', () => {
	it('is milliseconds since 1970', () => {
		expect(timestamp('1970-01-01T00:00:01.500Z')).toBe(1500);
	});

	test.each([[null], [undefined], [5], [{}], ['']])('is NaN for %j', (value) => {
		expect(timestamp(value)).toBeNaN();
	});
});

describe('the integration of a run', () => {
	it('is named on its sync job', () => {
		expect(integrationName(finishedRun())).toBe('hubspot');
	});

	test.each([
		[{}],
		[{ sync_job: null }],
		[{ sync_job: 'hubspot' }],
		[{ sync_job: ['hubspot'] }],
		[{ sync_job: {} }],
		[{ sync_job: { integration_name: 7 } }],
		[{ integration_name: 'hubspot' }],
	])('is null for %j', (run) => {
		expect(integrationName(run)).toBeNull();
	});
});

describe('the run columns of a row', () => {
	it('hold what Truto sent', () => {
		expect(runContext(finishedRun())).toEqual({
			sync_job_run_id: '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
			sync_job_id: '0d9f7c1e-2b1a-4a57-8d33-7a4b2f0c9e11',
			integrated_account_id: '7be2d0a4-90f1-4c55-b7a2-5f6f3f1c8d22',
			integration_name: 'hubspot',
			run_status: 'completed',
			run_created_at: '2026-11-24T10:00:00.000Z',
			run_started_at: '2026-11-24T10:00:01.500Z',
			run_finished_at: '2026-11-24T10:01:31.750Z',
			run_duration_seconds: 90.25,
		});
	});

	it('pass an unknown status on', () => {
		expect(runContext({ status: 'brand_new' }).run_status).toBe('brand_new');
	});

	it('are null for all that Truto did not send, or sent as something else', () => {
		const columns = Object.keys(runContext({}));
		expect(columns).toHaveLength(9);
		const nothing = Object.fromEntries(columns.map((column) => [column, null]));
		expect(runContext({})).toEqual(nothing);
		const odd = { id: 7, sync_job_id: {}, status: [], created_at: 0, started_at: true };
		expect(runContext(odd)).toEqual(nothing);
	});
});
