import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	CRON_TRIGGERS,
	FAULTS,
	SYNC_JOBS,
	UNLIKELY_DIALECT,
} from '../simulator/index.mts';
import { useSchedules } from './use-schedules.mts';

const { truto, getMany, paths } = useSchedules();

describe('the last run of each schedule', () => {
	const withLastRun = async (parameters: INodeParameters = {}) => {
		const { rows, error } = await getMany({ options: { includeLastRun: true }, ...parameters });
		return { error, rows, byId: new Map(rows.map((row) => [String(row.id), row])) };
	};

	/** Leaves one run of a schedule's job and account, begun so many hours ago. */
	const lastRunHoursAgo = (job: string, account: string, hours: number) => {
		for (const [id, run] of truto().store.runs) {
			if (run.sync_job_id === job) truto().store.removeRun(id);
		}
		const time = new Date(Date.now() - hours * 3_600_000).toISOString();
		return truto().store.addRun({
			sync_job_id: job,
			integrated_account_id: account,
			status: 'completed',
			created_at: time,
			started_at: time,
			finished_at: time,
		});
	};

	/** The six-hourly schedule then names its account only in its arguments. */
	const nameAccountOnlyInArgs = () => {
		const trigger = truto().store.cronTriggers.get(CRON_TRIGGERS.sixHourly);
		if (trigger) {
			trigger.integrated_account_id = null;
			trigger.args = { integrated_account_id: ACCOUNTS.pipedrive };
		}
	};

	it.each([
		[1, false],
		[5, false],
		[13, true],
		[200, true],
	])('of every six hours, %s hours ago: is late is %s', async (hours, isLate) => {
		const run = lastRunHoursAgo(SYNC_JOBS.v4Crm, ACCOUNTS.pipedrive, hours);

		const { byId: schedules } = await withLastRun();

		expect(schedules.get(CRON_TRIGGERS.sixHourly)).toMatchObject({
			is_late: isLate,
			sync_job_run_id: run.id,
			last_run_status: 'completed',
			last_run_at: run.created_at,
			last_run_finished_at: run.finished_at,
		});
	});

	it('is not that of another account of the same job', async () => {
		lastRunHoursAgo(SYNC_JOBS.v4Crm, ACCOUNTS.pipedriveExpired, 1);

		const { byId: schedules } = await withLastRun();

		expect(schedules.get(CRON_TRIGGERS.sixHourly)).toMatchObject({
			is_late: true,
			sync_job_run_id: null,
			last_run_status: null,
		});
	});

	it('is not one without an account, which is that of a schedule without one', async () => {
		const run = lastRunHoursAgo(SYNC_JOBS.v4Crm, ACCOUNTS.pipedriveExpired, 1);
		Object.assign(run, { integrated_account_id: null });
		const sixHourly = truto().store.cronTriggers.get(CRON_TRIGGERS.sixHourly);
		const { id } = truto().store.addCronTrigger({ ...sixHourly, id: 'of-all' });
		const ofAll = truto().store.cronTriggers.get(id);
		if (ofAll) Object.assign(ofAll, { integrated_account_id: null, args: {} });

		const { byId: schedules } = await withLastRun();

		expect(schedules.get(CRON_TRIGGERS.sixHourly)).toMatchObject({ sync_job_run_id: null });
		expect(schedules.get('of-all')).toMatchObject({ sync_job_run_id: run.id, is_late: false });
	});

	it.each(['null', 'absent'] as const)(
		'is found if the schedule names its account and the run only in its arguments: %s',
		async (runAccount) => {
			truto().speak({ runAccount });
			const run = lastRunHoursAgo(SYNC_JOBS.v4Crm, ACCOUNTS.pipedrive, 1);
			truto().store.patchRun(run.id, { args: { integrated_account_id: ACCOUNTS.pipedrive } });

			const { byId: schedules } = await withLastRun();

			expect(schedules.get(CRON_TRIGGERS.sixHourly)).toMatchObject({
				integrated_account_id: ACCOUNTS.pipedrive,
				is_late: false,
				sync_job_run_id: run.id,
			});
		},
	);

	it('is found by the account in the arguments, if Truto names it nowhere else', async () => {
		truto().speak({ ...UNLIKELY_DIALECT, times: 'spaced' });
		const run = lastRunHoursAgo(SYNC_JOBS.v4Crm, ACCOUNTS.pipedrive, 1);
		truto().store.patchRun(run.id, { args: { integrated_account_id: ACCOUNTS.pipedrive } });
		truto().store.addRun({
			sync_job_id: SYNC_JOBS.v4Crm,
			integrated_account_id: ACCOUNTS.pipedriveExpired,
			args: { integrated_account_id: ACCOUNTS.pipedriveExpired },
		});
		const trigger = truto().store.cronTriggers.get(CRON_TRIGGERS.sixHourly);
		if (trigger) trigger.integrated_account_id = null;

		const { byId: schedules } = await withLastRun();

		expect(schedules.get(CRON_TRIGGERS.sixHourly)).toMatchObject({
			is_late: false,
			sync_job_run_id: run.id,
			last_run_at: `${run.created_at.slice(0, 19)}.000Z`,
		});
	});

	it('takes one request per schedule, however many runs there are', async () => {
		truto().store.addManyRuns(1_000, { resources: 1, syncJobId: SYNC_JOBS.v4Crm });

		const { rows } = await withLastRun();

		expect(rows).toHaveLength(3);
		expect(paths().sort()).toEqual([
			'/sync-job-cron-trigger',
			'/sync-job-run',
			'/sync-job-run',
			'/sync-job-run',
		]);
	});

	it('is unknown if it may be on a later page: the schedule is not called late', async () => {
		truto().store.addManyRuns(1_000, { resources: 1, syncJobId: SYNC_JOBS.v4Crm });
		for (const [id, run] of truto().store.runs) {
			if (run.sync_job_id !== SYNC_JOBS.v4Crm) continue;
			truto().store.patchRun(id, { integrated_account_id: ACCOUNTS.pipedriveExpired, args: {} });
		}
		nameAccountOnlyInArgs();

		const { byId: schedules } = await withLastRun();

		expect(schedules.get(CRON_TRIGGERS.sixHourly)).toMatchObject({
			is_late: null,
			sync_job_run_id: null,
			last_run_at: null,
		});
	});

	it('is found by the account in the arguments for Simplify, too', async () => {
		nameAccountOnlyInArgs();

		const { rows } = await withLastRun({ simplify: true });

		expect(
			rows.find((row) => row.sync_job_cron_trigger_id === CRON_TRIGGERS.sixHourly),
		).toMatchObject({ integrated_account_id: ACCOUNTS.pipedrive });
	});

	it('goes with Simplify', async () => {
		const { rows } = await withLastRun({ simplify: true });

		expect(rows).toHaveLength(3);
		const columns = Object.keys(rows[0] ?? {});
		expect(columns[0]).toBe('is_late');
		expect(columns.slice(-4)).toEqual([
			...['sync_job_cron_trigger_id', 'sync_job_id', 'integrated_account_id', 'sync_job_run_id'],
		]);
	});

	it('is an error if runs cannot be read: late or not would be a guess', async () => {
		truto().faults.forPath('GET /sync-job-run', FAULTS.forbidden);

		const { error } = await withLastRun();

		expect(error?.message).toMatch(
			/^The API token isn't allowed to do this \(403\): the runs of schedule \S+ \[item 0\]$/,
		);
	});

	it('is none if Truto has never started the job: the schedule is late', async () => {
		for (const [id, run] of truto().store.runs) {
			if (run.sync_job_id === SYNC_JOBS.hris) truto().store.removeRun(id);
		}

		const { byId: schedules } = await withLastRun();

		expect(schedules.get(CRON_TRIGGERS.unscheduled)).toMatchObject({
			is_late: true,
			sync_job_run_id: null,
			last_run_at: null,
		});
	});
});
