import { readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { RUNS } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

/** The day before, clocks in Berlin went forward, so it has 23 hours. */
const MONDAY_NOON_IN_BERLIN = Date.parse('2026-03-30T10:00:00.000Z');

async function queryOf(filters: INodeParameters) {
	const { error } = await runTruto({
		simulator: truto(),
		parameters: { operation: 'getAll', filters },
		timezone: 'Europe/Berlin',
	});
	expect(error).toBeUndefined();
	return truto().requests[0]?.query;
}

/** What an expression gives for each resource of a run that took 14 minutes and 40 seconds. */
async function forEachResource(expression: string) {
	const run = truto().store.addRun({
		status: 'completed',
		started_at: '2026-03-30T08:00:00.000Z',
		finished_at: '2026-03-30T08:14:40.000Z',
		resource_stats: {
			'crm/contacts': { list: { fetched: 120, persisted: 117 } },
			'crm/deals': { list: { fetched: 40, persisted: 40 } },
		},
	});
	const { rows, after, error } = await runTruto({
		simulator: truto(),
		parameters: { syncJobRunId: byId(run.id), splitResourceStats: true },
		after: { value: `=${expression}` },
	});
	expect(error).toBeUndefined();
	return after[0]?.map(({ value }, index) => [rows[index]?.resource, value]);
}

describe("the README's useful expressions", () => {
	it('are the ones that are tested here', () => {
		const readme = readFileSync('README.md', 'utf8');
		expect(readme.match(/\{\{.+?\}\}/g)).toEqual([
			"{{ $today.minus(1, 'day') }}",
			'{{ $today }}',
			"{{ $now.minus(24, 'hours') }}",
			'{{ $json.created_at }}',
			'{{ $json.sync_job_run_id }}',
			'{{ $json.id }}',
			'{{ $json.fetched - $json.persisted }}',
			'{{ Math.round($json.duration_seconds / 60) }}',
		]);
	});

	describe('about times', () => {
		beforeEach(() => {
			jest.spyOn(Date, 'now').mockReturnValue(MONDAY_NOON_IN_BERLIN);
		});
		afterEach(() => {
			jest.restoreAllMocks();
		});

		it("get yesterday's runs, in the workflow's time zone", async () => {
			const query = await queryOf({
				createdAfter: "={{ $today.minus(1, 'day') }}",
				createdBefore: '={{ $today }}',
			});
			expect(query).toMatchObject({
				'created_at[gt]': '2026-03-28T22:59:59.999Z',
				'created_at[lt]': '2026-03-29T22:00:00.000Z',
			});
		});

		it('get the runs of the last 24 hours', async () => {
			const query = await queryOf({ createdAfter: "={{ $now.minus(24, 'hours') }}" });
			expect(query).toMatchObject({ 'created_at[gt]': '2026-03-29T09:59:59.999Z' });
		});
	});

	it('get the run before this one', async () => {
		const simulator = truto();
		const { rows } = await runTruto({
			simulator,
			parameters: { syncJobRunId: byId(RUNS.fiveResources), splitResourceStats: true },
		});
		const { rows: before, error } = await runTruto({
			simulator,
			parameters: {
				operation: 'getAll',
				limit: 1,
				filters: {
					syncJobId: byId('={{ $json.sync_job_id }}'),
					integratedAccountId: byId('={{ $json.integrated_account_id }}'),
					createdBefore: '={{ $json.created_at }}',
				},
			},
			items: rows.slice(0, 1),
		});
		expect(error).toBeUndefined();
		expect(before.map(({ id }) => id)).toEqual([RUNS.twoResources]);
	});

	it('get the run of an earlier item', async () => {
		const { rows, error } = await runTruto({
			simulator: truto(),
			parameters: { operation: 'get', syncJobRunId: byId('={{ $json.sync_job_run_id }}') },
			items: [{ sync_job_run_id: RUNS.twoResources }, { sync_job_run_id: RUNS.failed }],
		});
		expect(error).toBeUndefined();
		expect(rows.map(({ id }) => id)).toEqual([RUNS.twoResources, RUNS.failed]);
	});

	it('get the run of an earlier item as Truto sends it', async () => {
		const { rows: runs } = await runTruto({
			simulator: truto(),
			parameters: { operation: 'getAll', limit: 2 },
		});
		const { rows, error } = await runTruto({
			simulator: truto(),
			parameters: { operation: 'diagnose', syncJobRunId: byId('={{ $json.id }}') },
			items: runs,
		});
		expect(error).toBeUndefined();
		expect(rows.map(({ sync_job_run_id: id }) => id)).toEqual(runs.map(({ id }) => id));
	});

	it("count the records that didn't arrive", async () => {
		expect(await forEachResource('{{ $json.fetched - $json.persisted }}')).toEqual([
			['crm/contacts', 3],
			['crm/deals', 0],
		]);
	});

	it('give the duration in minutes', async () => {
		expect(await forEachResource('{{ Math.round($json.duration_seconds / 60) }}')).toEqual([
			['crm/contacts', 15],
			['crm/deals', 15],
		]);
	});
});
