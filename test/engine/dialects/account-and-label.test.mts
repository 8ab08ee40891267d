import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, formsOf, FORMS, RUNS, SYNC_JOBS } from '../../simulator/index.mts';
import { byId } from '../harness.mts';
import { searchList } from '../methods.mts';
import { useSimulator } from '../use-simulator.mts';
import { idsOf, operate } from './operate.mts';

const truto = useSimulator();

const ofRun = { syncJobRunId: byId(RUNS.v4Completed) };

describe.each(formsOf('runAccount'))('D7, $name', ({ dialect }) => {
	it('Get and Get Progress name the account', async () => {
		truto().speak(dialect);

		const rows = [
			...(await operate(truto(), 'get', { ...ofRun, simplify: true })),
			...(await operate(truto(), 'getProgress', ofRun)),
		];

		expect(rows.map(({ integrated_account_id }) => integrated_account_id)).toEqual(
			Array(2).fill(ACCOUNTS.pipedrive),
		);
	});

	it('Get Many of a sync job names the accounts', async () => {
		truto().speak(dialect);

		const runs = await operate(truto(), 'getAll', {
			filters: { syncJobId: byId(SYNC_JOBS.v4Files) },
			simplify: true,
		});

		expect(runs.map(({ integrated_account_id }) => integrated_account_id)).toEqual([
			ACCOUNTS.drive,
			ACCOUNTS.notion,
		]);
	});

	it('Get Many of an account whose jobs do not take it as an argument', async () => {
		truto().speak(dialect);

		const runs = await operate(truto(), 'getAll', {
			returnAll: true,
			filters: { integratedAccountId: byId(ACCOUNTS.zendesk) },
		});

		expect(runs).toHaveLength(16);
		expect(idsOf(runs)).toContain(RUNS.failedMapping);
	});

	it('Get Many of an account whose jobs take it as an argument: as far as Truto finds it', async () => {
		truto().speak(dialect);

		const runs = await operate(truto(), 'getAll', {
			filters: { integratedAccountId: byId(ACCOUNTS.drive) },
		});

		// A limit that docs/truto.md names: Truto does not find a run by an account that it does not hold.
		expect(idsOf(runs)).toEqual(dialect.runAccount === 'given' ? [RUNS.notStored] : []);
	});

	it('Start sends the account in both places, so that Truto finds it in either', async () => {
		truto().speak(dialect);

		const [run] = await operate(truto(), 'start', {
			syncJobId: byId(SYNC_JOBS.v4Ticketing),
			integratedAccountId: byId(ACCOUNTS.jira),
			specifyArgs: 'json',
			args: '{ "webhook_id": "hook" }',
		});

		expect(truto().requests.at(-1)?.body).toEqual({
			sync_job_id: SYNC_JOBS.v4Ticketing,
			integrated_account_id: ACCOUNTS.jira,
			status: 'created',
			args: { integrated_account_id: ACCOUNTS.jira, webhook_id: 'hook' },
		});
		expect(run?.status).toBe('created');
	});
});

describe.each(
	FORMS.nestedSyncJob.flatMap((nestedSyncJob) =>
		FORMS.nestedLabel.map((nestedLabel) => ({ nestedSyncJob, nestedLabel })),
	),
)('D12, sync_job $nestedSyncJob, its label $nestedLabel', (dialect) => {
	const label = dialect.nestedLabel === 'given' ? 'Pipedrive to warehouse' : null;

	it('Get and Get Progress give the label, and the integration beside it', async () => {
		truto().speak(dialect);

		const [simple] = await operate(truto(), 'get', { ...ofRun, simplify: true });
		const [progress] = await operate(truto(), 'getProgress', ofRun);

		for (const row of [simple, progress]) {
			expect(row).toMatchObject({
				sync_job_label: label,
				integration_name: 'pipedrive',
				sync_job_id: SYNC_JOBS.v4Crm,
			});
		}
	});

	it('a job that nobody has named has no label', async () => {
		truto().speak(dialect);

		const [simple] = await operate(truto(), 'get', {
			syncJobRunId: byId(RUNS.notDelivered),
			simplify: true,
		});

		expect(simple).toMatchObject({ sync_job_label: null, integration_name: 'jira' });
	});

	it('Get Many always names the job’s id and its label', async () => {
		truto().speak(dialect);
		const parameters = { filters: { syncJobId: byId(SYNC_JOBS.v4Crm) } };

		const simple = await operate(truto(), 'getAll', { ...parameters, simplify: true });
		const rows = await operate(truto(), 'getAll', { ...parameters, splitResourceStats: true });

		expect(simple).toHaveLength(5);
		for (const run of simple) {
			expect(run).toMatchObject({
				sync_job_id: SYNC_JOBS.v4Crm,
				sync_job_label: 'Pipedrive to warehouse',
			});
		}
		for (const row of rows) expect(row.sync_job_label).toBe('Pipedrive to warehouse');
	});

	it('the drop-down of runs has a name for each, and finds by id', async () => {
		truto().speak(dialect);

		const { results } = await searchList(
			{ simulator: truto() },
			{ method: 'searchSyncJobRuns', path: 'syncJobRunId', filter: RUNS.v4Completed },
		);

		expect(results).toHaveLength(1);
		expect(results[0]?.name).toMatch(
			/^northwind-traders · Pipedrive to warehouse · completed · \d+ \w+ \d\d:\d\d$/,
		);
	});
});
