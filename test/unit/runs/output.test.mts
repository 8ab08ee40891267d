import { describe, expect, it } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { outputRun, outputRuns } from '../../../lib/runs/output';
import type { Shape } from '../../../lib/shape';
import { readRun } from '../../../lib/truto/run';
import { finishedRun, runWithStats } from '../helpers/runs.mts';

const fields: Shape = { kind: 'fields', fields: ['id', 'status'] };
const byResource = { splitBy: 'resource' } as const;
const run = finishedRun({ id: 'r1' });

describe('the output of one run', () => {
	it('is one item in the form that is asked for', () => {
		expect(outputRun(readRun(run), { shape: { kind: 'raw' } })).toEqual([run]);
		expect(outputRun(readRun(run), { shape: fields })).toEqual([{ id: 'r1', status: 'completed' }]);
		expect(outputRun(readRun(run), { shape: { kind: 'simplified' } })).toMatchObject([
			{ sync_job_run_id: 'r1', duration_seconds: 90 },
		]);
	});

	it.each<JsonRecord>([
		{ id: 'r2', status: 'created', started_at: null },
		{ status: 'waiting_for_quota', resource_stats: [1] },
		{ from_the_future: { nested: [1, null, { deep: true }] }, error: 'of the run' },
	])('is all that Truto sent if it is neither split nor simplified: %j', (sent) => {
		expect(outputRun(readRun(sent), { shape: { kind: 'raw' } })).toEqual([sent]);
	});

	it('is one item for each resource if it is split', () => {
		const rows = outputRun(readRun(run), { split: byResource, shape: fields });
		expect(rows.map(({ resource }) => resource)).toEqual(['crm/contacts', 'crm/notes']);
	});

	it('ends with an error if it cannot be split', () => {
		const odd = runWithStats('soon');
		expect(() => outputRun(readRun(odd), { split: byResource, shape: fields })).toThrow(
			"can't be read",
		);
	});
});

describe('the output of many runs', () => {
	const runs = [run, finishedRun({ id: 'r2', status: 'failed', resource_stats: 'soon' })];

	it('is one item for each, in their order', () => {
		expect(outputRuns(runs.map(readRun), { shape: fields })).toEqual([
			{ id: 'r1', status: 'completed' },
			{ id: 'r2', status: 'failed' },
		]);
		expect(outputRuns(runs.map(readRun), { shape: { kind: 'simplified' } })).toMatchObject([
			{ sync_job_run_id: 'r1' },
			{ sync_job_run_id: 'r2' },
		]);
	});

	it('is one item for each resource if they are split, also beside one that cannot be', () => {
		const rows = outputRuns(runs.map(readRun), { split: byResource, shape: fields });
		expect(rows.map((row) => [row.sync_job_run_id, row.resource])).toEqual([
			['r1', 'crm/contacts'],
			['r1', 'crm/notes'],
			['r2', null],
		]);
	});
});
