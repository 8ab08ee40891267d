import { describe, expect, it, test } from '@jest/globals';

import { durationSeconds, runContext, secondsBetween } from '../../../lib/runs/runContext';
import { readRun } from '../../../lib/truto/run';
import { finishedRun } from '../helpers/runs.mts';

describe('the duration of a run', () => {
	test.each([
		['2026-11-24T10:00:00Z', '2026-11-24T10:01:30.250Z', 90],
		['2026-11-24T10:00:00Z', '2026-11-24T10:00:00.500Z', 1],
		['2026-11-24 10:00:00', '2026-11-24T10:00:05Z', 5],
		['2026-11-24T10:00:05Z', '2026-11-24T10:00:00Z', 0],
		['2026-11-24T10:00:00.000Z', '2026-11-24T10:00:00.000Z', 0],
		['2026-11-24T11:00:00+01:00', '2026-11-24T10:00:05Z', 5],
		['2026-12-31T23:59:59Z', '2027-01-01T00:00:01Z', 2],
	])('from %s to %s is %d s', (started, finished, seconds) => {
		expect(durationSeconds(readRun({ started_at: started, finished_at: finished }))).toBe(seconds);
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
		expect(durationSeconds(readRun(run))).toBeNull();
	});
});

describe('the integration of a run', () => {
	it('is named on its sync job', () => {
		expect(runContext(readRun(finishedRun())).integration_name).toBe('hubspot');
	});

	test.each([
		[{}],
		[{ sync_job: null }],
		[{ sync_job: 'hubspot' }],
		[{ sync_job: ['hubspot'] }],
		[{ sync_job: {} }],
		[{ sync_job: { integration_name: 7 } }],
		[{ sync_job: { integration_name: '' } }],
		[{ integration_name: 'hubspot' }],
	])('is null for %j', (run) => {
		expect(runContext(readRun(run)).integration_name).toBeNull();
	});
});

describe('the label of a run', () => {
	test.each([
		[{ sync_job: { label: 'Nightly', integration_name: 'hubspot' } }, 'Nightly'],
		[{ sync_job: { integration_name: 'hubspot' } }, null],
		[{ sync_job_id: 'j1' }, null],
	])('of %j is %j', (run, label) => {
		expect(readRun(run).label).toBe(label);
	});
});

describe('seconds between two times', () => {
	test.each([
		[0, 1499, 1],
		[0, 1500, 2],
		[1500, 0, 0],
		[Number.NaN, 0, null],
		[0, Number.NaN, null],
	])('from %d to %d are %j', (start, end, seconds) => {
		expect(secondsBetween(start, end)).toBe(seconds);
	});
});

describe('the run columns of a row', () => {
	it('hold what Truto sent, with times in UTC', () => {
		const times = { started_at: '2026-11-24 10:00:01', finished_at: '2026-11-24T12:00:03+02:00' };
		expect(runContext(readRun(finishedRun(times)))).toEqual({
			tenant_id: null,
			sync_job_label: null,
			integration_name: 'hubspot',
			status: 'completed',
			started_at: '2026-11-24T10:00:01.000Z',
			finished_at: '2026-11-24T10:00:03.000Z',
			duration_seconds: 2,
			created_at: '2026-11-24T10:00:00.000Z',
			sync_job_run_id: '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
			sync_job_id: '0d9f7c1e-2b1a-4a57-8d33-7a4b2f0c9e11',
			integrated_account_id: '7be2d0a4-90f1-4c55-b7a2-5f6f3f1c8d22',
		});
	});

	it('pass an unknown status on', () => {
		expect(runContext(readRun({ status: 'brand_new' })).status).toBe('brand_new');
	});

	it('are null for all that Truto did not send, or sent as something else', () => {
		const columns = Object.keys(runContext(readRun({})));
		expect(columns).toHaveLength(11);
		const nothing = Object.fromEntries(columns.map((column) => [column, null]));
		expect(runContext(readRun({}))).toEqual(nothing);
		const odd = { id: 7, sync_job_id: {}, status: [], created_at: 0, started_at: true };
		expect(runContext(readRun(odd))).toEqual(nothing);
	});
});
