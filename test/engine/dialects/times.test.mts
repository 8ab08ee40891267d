import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setGlobalState } from 'n8n-workflow';

import { formsOf, RUNS, type RunInput } from '../../simulator/index.mts';
import { useMachineZone } from '../../unit/helpers/machineZone.mts';
import { byId } from '../harness.mts';
import { searchList } from '../methods.mts';
import { useSimulator } from '../use-simulator.mts';
import { idsOf, operate } from './operate.mts';

const truto = useSimulator();

// Far apart, and both far from UTC.
useMachineZone('Pacific/Auckland');

beforeAll(() => {
	setGlobalState({ defaultTimezone: 'America/Los_Angeles' });
});

afterAll(() => {
	setGlobalState({ defaultTimezone: 'America/New_York' });
});

/** Took 95 s. */
const RUN: RunInput = {
	id: 'run-of-april',
	status: 'completed',
	created_at: '2026-04-01T10:00:00.000Z',
	started_at: '2026-04-01T10:00:05.000Z',
	updated_at: '2026-04-01T10:01:40.000Z',
	finished_at: '2026-04-01T10:01:40.000Z',
	resource_stats: { 'crm/contacts': { list: { fetched: 190, persisted: 190 } } },
};

/** The run as the list of the simulator has it, with entries of its log before, in and after its time. */
function addRun(): void {
	truto().store.addRun(RUN);
	for (const time of ['10:01:40', '10:00:05', '10:00:40']) {
		truto().store.addLog({
			sync_job_run_id: 'run-of-april',
			timestamp: `2026-04-01T${time}.000Z`,
			message: `at ${time}`,
		});
	}
}

const ofRun = { syncJobRunId: byId('run-of-april') };

it('the process and the workflows are in other zones than UTC', () => {
	expect(new Date(2026, 0, 1).toISOString()).toBe('2025-12-31T11:00:00.000Z');
});

describe.each(formsOf('times'))('D4, $name', ({ dialect }) => {
	it('Get: columns are in UTC, and the duration is right', async () => {
		truto().speak(dialect);
		addRun();

		const [simple] = await operate(truto(), 'get', { ...ofRun, simplify: true });

		expect(simple).toMatchObject({
			created_at: '2026-04-01T10:00:00.000Z',
			started_at: '2026-04-01T10:00:05.000Z',
			finished_at: '2026-04-01T10:01:40.000Z',
			duration_seconds: 95,
		});
	});

	it('Get Progress: rate, age, and what is stuck', async () => {
		truto().speak(dialect);
		addRun();
		const progressOf = async (id: string) => {
			return (await operate(truto(), 'getProgress', { syncJobRunId: byId(id) }))[0];
		};

		expect(await progressOf('run-of-april')).toMatchObject({
			elapsed_seconds: 95,
			records_per_second: 2,
			started_at: '2026-04-01T10:00:05.000Z',
			updated_at: '2026-04-01T10:01:40.000Z',
			is_finished: true,
			is_stuck: false,
		});
		const [stuck, running] = [await progressOf(RUNS.stuck), await progressOf(RUNS.running)];
		expect([stuck?.is_stuck, stuck?.is_running]).toEqual([true, false]);
		expect([running?.is_stuck, running?.is_running]).toEqual([false, true]);
		// 10 minutes, and 5 seconds, and what the test took.
		expect(Math.floor(Number(stuck?.seconds_since_update) / 60)).toBe(10);
		expect(Number(running?.seconds_since_update)).toBeLessThan(60);
		expect(Math.round(Number(running?.elapsed_seconds) / 60)).toBe(3);
	});

	it('Get Logs: the window is that of the run, and entries are sorted as instants', async () => {
		truto().speak(dialect);
		addRun();

		const entries = await operate(truto(), 'getLogs', { ...ofRun });

		expect(truto().requests.find(({ path }) => path === '/log')?.query).toMatchObject({
			'created_at[gt]': '2026-04-01T09:55:00.000Z',
			'created_at[lt]': '2026-04-01T10:06:40.000Z',
		});
		expect(entries.map(({ timestamp, message }) => [timestamp, message])).toEqual([
			['2026-04-01T10:00:05.000Z', 'at 10:00:05'],
			['2026-04-01T10:00:40.000Z', 'at 10:00:40'],
			['2026-04-01T10:01:40.000Z', 'at 10:01:40'],
		]);
	});

	it('Get Logs: a picked time is one of the workflow’s zone', async () => {
		truto().speak(dialect);
		addRun();

		const entries = await operate(truto(), 'getLogs', {
			...ofRun,
			options: { loggedAfter: '2026-04-01T03:00:30', loggedBefore: '2026-04-01T10:01:00Z' },
		});

		expect(entries.map(({ message }) => message)).toEqual(['at 10:00:40']);
	});

	it.each(formsOf('createdAtFilter'))(
		'Get Many: a picked time is one of the workflow’s zone; $name',
		async (filter) => {
			truto().speak({ ...dialect, ...filter.dialect });
			for (const time of ['06:59:59', '07:00:01', '18:59:59', '19:00:01']) {
				const created_at = `2026-04-01T${time}.000Z`;
				truto().store.addRun({ id: time, status: 'completed', created_at });
			}

			const runs = await operate(truto(), 'getAll', {
				returnAll: true,
				filters: { createdAfter: '2026-04-01T00:00:00', createdBefore: '2026-04-01T12:00:00' },
			});

			expect(idsOf(runs)).toEqual(['18:59:59', '07:00:01']);
		},
	);

	it('Sync Job: columns are in UTC', async () => {
		truto().speak(dialect);
		const { id } = truto().store.addSyncJob({
			created_at: '2026-04-01T10:00:00.000Z',
			updated_at: '2026-04-02T23:30:00.000Z',
		});

		const parameters = { resource: 'syncJob', syncJobId: byId(id), simplify: true };
		expect(await operate(truto(), 'get', parameters)).toMatchObject([
			{ created_at: '2026-04-01T10:00:00.000Z', updated_at: '2026-04-02T23:30:00.000Z' },
		]);
	});

	it('the drop-down shows when a run started, in the time zone of n8n', async () => {
		truto().speak(dialect);
		addRun();

		const { results } = await searchList(
			{ simulator: truto() },
			{ method: 'searchSyncJobRuns', path: 'syncJobRunId', filter: 'run-of-april' },
		);

		expect(results).toEqual([
			expect.objectContaining({ name: 'acme-1 · hubspot · completed · 1 Apr 03:00' }),
		]);
	});
});
