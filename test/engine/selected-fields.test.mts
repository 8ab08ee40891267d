import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { CRON_TRIGGERS, RUNS, SYNC_JOBS, ACCOUNTS } from '../simulator/index.mts';
import { runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

/** Gives one thing of each kind a field that the others don't have. */
function addField() {
	const { runs, syncJobs, integratedAccounts, cronTriggers } = truto().store;
	const things = [
		runs.get(RUNS.failed),
		syncJobs.get(SYNC_JOBS.crm),
		integratedAccounts.get(ACCOUNTS.jira),
		cronTriggers.get(CRON_TRIGGERS.sixHourly),
	];
	for (const thing of things) Object.assign(thing ?? {}, { owner: 'ada' });
}

const select = async (resource: string, selectedFields: string, more: INodeParameters = {}) =>
	await runTruto({
		simulator: truto(),
		isTool: true,
		parameters: {
			resource,
			operation: 'getAll',
			returnAll: true,
			output: 'fields',
			selectedFields,
			...more,
		},
	});

const LISTS = ['syncJobRun', 'syncJob', 'integratedAccount', 'schedule'];

describe.each(LISTS)('the fields that an agent selects of a list: %s', (resource) => {
	it('are null where a thing lacks one', async () => {
		addField();
		const { rows, error } = await select(resource, 'owner');

		expect(error).toBeUndefined();
		expect(rows.length).toBeGreaterThan(1);
		expect(rows.filter(({ owner }) => owner === 'ada')).toHaveLength(1);
		expect(rows.filter(({ owner }) => owner === null)).toHaveLength(rows.length - 1);
	});

	it('are an error if all things lack one, which names it', async () => {
		const { error } = await select(resource, 'id, owner, status_text');

		expect(error?.message).toMatch(/^There is no field named owner or status_text \[item 0\]/);
		expect(error?.description).toMatch(/^Name one of these: .*\bid\b/);
	});
});

describe('the fields that an agent selects', () => {
	it('may be those of the last run of a schedule', async () => {
		const options = { includeLastRun: true };
		const { rows, error } = await select('schedule', 'is_late, sync_job_run_id', { options });

		expect(error).toBeUndefined();
		expect(rows.map((row) => Object.keys(row))).toEqual(
			rows.map(() => ['is_late', 'sync_job_run_id']),
		);
		expect(rows.map(({ is_late }) => is_late)).not.toContain(null);
	});

	it('are checked before there is a request for each schedule', async () => {
		const { error } = await select('schedule', 'owner', { options: { includeLastRun: true } });

		expect(error?.message).toMatch(/^There is no field named owner/);
		expect(truto().requests.map(({ path }) => path)).not.toContain('/sync-job-run');
	});

	it('are those of the simplified form where Truto sends null', async () => {
		truto().speak({ runAccount: 'null' });
		const { rows } = await select('syncJobRun', 'integrated_account_id, args');
		const ofArgs = rows.filter(({ args }) =>
			JSON.stringify(args).includes('integrated_account_id'),
		);

		expect(ofArgs.length).toBeGreaterThan(0);
		expect(ofArgs.map(({ integrated_account_id }) => integrated_account_id)).not.toContain(null);
	});

	it('are compared with the runs of all pages', async () => {
		truto().speak({ pageSizeOver100: 'capped' });
		const oldest = [...truto().store.runs.values()].sort((a, b) =>
			a.created_at < b.created_at ? -1 : 1,
		)[0];
		truto().store.addManyRuns(150);
		Object.assign(oldest ?? {}, { owner: 'ada' });

		const { rows, error } = await select('syncJobRun', 'owner');

		expect(error).toBeUndefined();
		expect(rows.length).toBeGreaterThan(150);
		expect(rows.filter(({ owner }) => owner === 'ada')).toHaveLength(1);
	});

	it('are no error if there is nothing to select from', async () => {
		const filters = { tenantId: 'nobody' };
		const { rows, error } = await select('integratedAccount', 'owner', { filters });

		expect([rows, error]).toEqual([[], undefined]);
	});
});
