import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, CRON_TRIGGERS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

/** The columns of a page's n-th example of an output, in their order. */
function columnsIn(page: string, example: number): string[] {
	const text = readFileSync(`docs/operations/${page}.md`, 'utf8');
	const blocks = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => json ?? '');
	return Object.keys(JSON.parse(blocks[example] ?? '') as object);
}

const simplified = { simplify: true };
const ofRun = (id: string, rest: INodeParameters = {}) => ({ syncJobRunId: byId(id), ...rest });
const ofAccount = { integratedAccountId: byId(ACCOUNTS.hubspot) };
const ofSchedule = { scheduleId: byId(CRON_TRIGGERS.sixHourly) };
const ofNewRun = { syncJobId: byId(SYNC_JOBS.hris), integratedAccountId: byId(ACCOUNTS.bamboohr) };
const hourly = { cronExpression: '0 * * * *' };
const run = (operation: string, rest: INodeParameters = {}) => ({ operation, ...rest });
const of =
	(resource: string) =>
	(operation: string, rest: INodeParameters = {}) => ({
		resource,
		operation,
		...rest,
	});
const job = of('syncJob');
const account = of('integratedAccount');
const schedule = of('schedule');

describe('the columns in the docs are those of the output', () => {
	it.each<[page: string, example: number, parameters: INodeParameters]>([
		['sync-job-run-get', 0, run('get', ofRun(RUNS.completed, { splitResourceStats: true }))],
		['sync-job-run-get', 1, run('get', ofRun(RUNS.completed, simplified))],
		['sync-job-run-get-all', 0, run('getAll', simplified)],
		['sync-job-run-wait', 0, run('wait', ofRun(RUNS.completed, simplified))],
		['sync-job-run-get-progress', 0, run('getProgress', ofRun(RUNS.running))],
		['sync-job-run-diagnose', 0, run('diagnose', ofRun(RUNS.failedReauth))],
		['sync-job-run-stop', 0, run('stop', ofRun(RUNS.running))],
		['sync-job-check-health', 0, job('checkHealth', { filters: { onlyUnhealthy: false } })],
		['sync-job-get', 0, job('get', { syncJobId: byId(SYNC_JOBS.crm), ...simplified })],
		['sync-job-get-all', 0, job('getAll', simplified)],
		['integrated-account-get', 0, account('get', { ...ofAccount, ...simplified })],
		['integrated-account-get-all', 0, account('getAll', simplified)],
		['integrated-account-refresh-credentials', 0, account('refreshCredentials', ofAccount)],
		['schedule-get', 0, schedule('get', { ...ofSchedule, ...simplified })],
		[
			'schedule-get-all',
			0,
			schedule('getAll', { ...simplified, options: { includeLastRun: true } }),
		],
		['schedule-delete', 0, schedule('delete', ofSchedule)],
	])('%s, example %d', async (page, example, parameters) => {
		const { rows, error } = await runTruto({ simulator: truto(), parameters });
		expect(error).toBeUndefined();
		expect(columnsIn(page, example)).toEqual(Object.keys(rows[0] ?? {}));
	});

	it.each<[page: string, parameters: INodeParameters]>([
		['sync-job-run-start', run('start', ofNewRun)],
		['sync-job-run-get-logs', run('getLogs', ofRun(RUNS.failedReauth))],
		['schedule-create', schedule('create', { ...ofNewRun, cronExpression: '30 2 * * 1' })],
		['schedule-update', schedule('update', { ...ofSchedule, updateFields: hourly })],
		['schedule-activate', schedule('activate', ofSchedule)],
	])("%s, where some of Truto's fields are left out", async (page, parameters) => {
		const { rows, error } = await runTruto({ simulator: truto(), parameters });
		expect(error).toBeUndefined();
		const shown = columnsIn(page, 0);
		expect(shown).toEqual(Object.keys(rows.at(-1) ?? {}).filter((name) => shown.includes(name)));
	});
});
