import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, FAULTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const diagnoses = async (...ids: string[]) => {
	const { rows, error } = await runTruto({
		simulator: truto(),
		parameters: { operation: 'diagnose', syncJobRunId: byId('={{ $json.id }}') },
		items: ids.map((id) => ({ id })),
	});
	expect(error).toBeUndefined();
	return rows;
};

const diagnose = async (id: string) => (await diagnoses(id))[0];

const ACCOUNT = `/integrated-account/${ACCOUNTS.pipedrive}`;
const JOB = `/sync-job/${SYNC_JOBS.v4Crm}`;

/** What was read after the run. */
const looked = () =>
	truto()
		.requests.map(({ path }) => path)
		.filter((path) => !path.startsWith('/sync-job-run/'));

/** A run whose diagnosis needs nothing but the run itself. */
const addRun = (run = {}) =>
	truto().store.addRun({
		sync_job_id: SYNC_JOBS.v4Crm,
		integrated_account_id: ACCOUNTS.pipedrive,
		status: 'running',
		...run,
	}).id;

describe('Diagnose', () => {
	it('looks up the customer and the sync job for their names', async () => {
		expect(await diagnose(addRun())).toMatchObject({
			tenant_id: 'northwind-traders',
			sync_job_label: 'Pipedrive to warehouse',
			summary: expect.stringMatching(/^Pipedrive to warehouse for northwind-traders is running/),
			not_checked: [],
		});
		expect(looked()).toEqual([ACCOUNT, JOB]);
	});

	it.each([
		{ kind: 'account', path: ACCOUNT, names: { tenant_id: null } },
		{ kind: 'job', path: JOB, names: { sync_job_label: null, integration_name: 'pipedrive' } },
	])('says so if it may not read the name of the $kind', async ({ kind, path, names }) => {
		truto().faults.forPath(`GET ${path}`, FAULTS.forbidden);

		expect(await diagnose(addRun())).toMatchObject({ ...names, not_checked: [kind] });
	});

	it('needs no account if the run names the customer', async () => {
		const id = addRun({ tenant_id: 'acme' });
		truto().faults.forPath('GET /integrated-account', FAULTS.forbidden);
		truto().faults.forPath(`GET ${JOB}`, FAULTS.forbidden);

		expect(await diagnose(id)).toMatchObject({ tenant_id: 'acme', not_checked: ['job'] });
		expect(looked()).toEqual([JOB]);
	});

	it('reads nothing a second time for a name, be it read or forbidden', async () => {
		const account = `/integrated-account/${ACCOUNTS.pipedriveExpired}`;
		const asked = () => looked().filter((path) => path === account);

		expect(await diagnose(RUNS.failedReauth)).toMatchObject({
			tenant_id: 'fabrikam-gmbh',
			not_checked: [],
		});
		expect(asked()).toHaveLength(1);
		truto().clearRequests();
		truto().faults.forPath(`GET ${account}`, FAULTS.forbidden);
		expect(await diagnose(RUNS.failedReauth)).toMatchObject({
			tenant_id: null,
			sync_job_label: 'Pipedrive to warehouse',
			not_checked: ['account'],
		});
		expect(asked()).toHaveLength(1);
	});

	it('only says so of what it may not read', async () => {
		const nameless = truto().store.addIntegratedAccount({ tenant_id: undefined }).id;
		truto().faults.forPath(`GET ${ACCOUNT}`, FAULTS.forbidden);

		const rows = await diagnoses(addRun(), addRun({ tenant_id: 'acme' }));
		truto().faults.forPath(`GET ${JOB}`, FAULTS.forbidden);
		const [row] = await diagnoses(addRun({ integrated_account_id: nameless }));

		expect(rows.map((one) => one.not_checked)).toEqual([['account'], []]);
		expect(row).toMatchObject({ tenant_id: null, not_checked: ['job'] });
	});

	it('says so of both if it may read neither', async () => {
		truto().faults.forPath('GET /integrated-account', FAULTS.forbidden);
		truto().faults.forPath('GET /sync-job', FAULTS.forbidden);

		expect(await diagnose(addRun())).toMatchObject({ not_checked: ['job', 'account'] });
	});

	it('asks once for a job and an account that the finding needed, whatever other runs may not read', async () => {
		truto().faults.forPath(`GET ${ACCOUNT}`, FAULTS.forbidden);
		truto().faults.forPath(`GET ${JOB}`, FAULTS.forbidden);
		const { sync_job_id: job, integrated_account_id: account } =
			truto().store.runs.get(RUNS.nothingFetched) ?? {};

		const rows = await diagnoses(addRun(), RUNS.nothingFetched);

		expect(rows.map((row) => row.not_checked)).toEqual([['job', 'account'], []]);
		for (const path of [`/sync-job/${job}`, `/integrated-account/${account}`]) {
			expect(looked().filter((one) => one === path)).toHaveLength(1);
		}
	});
});
