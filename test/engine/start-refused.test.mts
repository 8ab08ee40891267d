import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, FAULTS, SYNC_JOBS } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { useStart } from './use-start.mts';

const { truto, start, posts } = useStart();

describe('a start that Truto refuses in its own words', () => {
	it('gives the reason first, and speaks of no run that may exist', async () => {
		truto().faults.forPath('POST /sync-job-run', FAULTS.accountBlocked);

		const { error } = await start();

		expect(error?.message).toMatch(
			/^The integrated account is blocked \(503\): sync job run of sync job/,
		);
		expect(error?.description).toBe(
			"Truto refused the request. If this keeps happening, contact Truto's support.",
		);
		expect(posts()).toHaveLength(1);
	});

	it.each([
		{ fault: FAULTS.serverError, said: 'Truto said: A simulated fault.' },
		{
			fault: { kind: 'status', status: 503, body: '<html>Bad gateway</html>' } as const,
			said: 'Truto said: Bad gateway.',
		},
	])('is no refusal if something may have happened: $fault.status', async ({ fault, said }) => {
		truto().faults.forPath('POST /sync-job-run', fault);

		const { error } = await start();

		expect(error?.message).toMatch(/may have been created, but Truto did not confirm it/);
		expect(error?.description).toContain(said);
		expect(error?.description?.match(/may|before/gi)).toHaveLength(1);
	});
});

describe('an account of another integration', () => {
	const MISMATCH =
		'The sync job is for bamboohr, but the integrated account is connected to jira [item 0]';

	it('is refused before anything is started or scheduled', async () => {
		const account = { integratedAccountId: byId(ACCOUNTS.jira) };
		const started = await start(account);
		const scheduled = await start({
			resource: 'schedule',
			operation: 'create',
			cronExpression: '0 6 * * *',
			...account,
		});

		expect(started.error?.message).toBe(MISMATCH);
		expect(started.error?.description).toBe(
			"Choose an account of bamboohr under 'Integrated Account', or another sync job.",
		);
		expect(scheduled.error?.message).toBe(MISMATCH);
		expect(posts()).toEqual([]);
	});

	it('is taken by a job over several integrations, and if the token may not read accounts', async () => {
		truto().faults.forPath('GET /integrated-account', FAULTS.forbidden, 1);
		const unread = await start();
		const several = await start({
			syncJobId: byId(truto().store.addSyncJob({ integration_name: '' }).id),
			integratedAccountId: byId(ACCOUNTS.jira),
		});

		expect(unread.error).toBeUndefined();
		expect(several.error).toBeUndefined();
		expect(posts()).toHaveLength(2);
	});

	it('is not waited for where only its name would be used', async () => {
		truto().faults.forPath('GET /integrated-account', { kind: 'delayHeaders', ms: 5_000 }, 1);
		const { rows } = await start({
			syncJobId: byId(truto().store.addSyncJob({ integration_name: '' }).id),
		});

		expect(rows).toMatchObject([{ status: 'created', tenant_id: null }]);
	});
});

describe('the same ID for the sync job and the account', () => {
	it.each([
		['of an account', ACCOUNTS.bamboohr, `Sync job ${ACCOUNTS.bamboohr} was not found in Truto`],
		['of a sync job', SYNC_JOBS.hris, `sync job run of sync job ${SYNC_JOBS.hris}`],
	])('is said to be wrong: one %s', async (_, id, message) => {
		const { error } = await start({ syncJobId: byId(id), integratedAccountId: byId(id) });

		expect(error?.message).toContain(message);
	});
});
