import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, byUrl } from './harness.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { activate, runOf } = useTrigger();

const COMPLETED = 'sync_job_run:completed';

describe('an event that is not waited for starts nothing, and Truto gets 200', () => {
	it.each([
		['test', { foo: 'bar' }],
		['sync_job_run:started', {}],
		['integrated_account:active', {}],
		['SYNC_JOB_RUN:COMPLETED', {}],
		['__proto__', {}],
		['includes', {}],
	])('%s', async (event, payload) => {
		const { server, deliver } = await activate();
		const { memory } = server.trigger;

		expect(answersTo(await deliver(event, payload))).toEqual([200]);

		expect(server.executions).toEqual([]);
		expect(server.errors).toEqual([]);
		expect(server.trigger.memory).toEqual(memory);
	});

	it.each<[string, Record<string, string>, boolean]>([
		['its sync job', { syncJobId: SYNC_JOBS.crm }, true],
		['its account', { integratedAccountId: ACCOUNTS.hubspot }, true],
		['both', { syncJobId: SYNC_JOBS.crm, integratedAccountId: ACCOUNTS.hubspot }, true],
		['another sync job', { syncJobId: SYNC_JOBS.hris }, false],
		['another account', { integratedAccountId: ACCOUNTS.zendesk }, false],
		['one', { syncJobId: SYNC_JOBS.crm, integratedAccountId: ACCOUNTS.zendesk }, false],
	])('unless the filter is for %s (%j: %s)', async (_, ids, passes) => {
		const filters = Object.fromEntries(Object.entries(ids).map(([key, id]) => [key, byId(id)]));
		const { server, deliver } = await activate({ filters });
		const run = runOf();
		const expected = [run.sync_job_id, run.integrated_account_id];
		expect(expected).toEqual([SYNC_JOBS.crm, ACCOUNTS.hubspot]);

		expect(answersTo(await deliver(COMPLETED, run))).toEqual([200]);

		expect(server.executions).toHaveLength(passes ? 1 : 0);
	});

	it.each([
		['sync_job_cron_trigger:failed', 'sync_job_cron_trigger'],
		['sync_job_run:record_error', 'sync_job_run'],
	])('although what it is about is nested: %s', async (event, name) => {
		const thing = { id: 'x', sync_job_id: SYNC_JOBS.crm, integrated_account_id: ACCOUNTS.hubspot };
		const payload = { error: 'refused', [name]: thing };
		const start = async (filters: Record<string, unknown>) => {
			const { server, deliver } = await activate({ events: [event], filters } as never);
			await deliver(event, payload);
			return server.executions.length;
		};
		expect(await start({ syncJobId: byId(SYNC_JOBS.crm) })).toBe(1);
		expect(await start({ syncJobId: byId(SYNC_JOBS.hris) })).toBe(0);
		expect(await start({ integratedAccountId: byId(ACCOUNTS.hubspot) })).toBe(1);
		expect(await start({ integratedAccountId: byId(ACCOUNTS.zendesk) })).toBe(0);
	});

	it('with filters by URL', async () => {
		const url = (id: string) => byUrl(`https://api.truto.one/sync-job/${id}`);
		const passing = await activate({ filters: { syncJobId: url(SYNC_JOBS.crm) } });
		const other = await activate({ filters: { syncJobId: url(SYNC_JOBS.hris) } });

		await passing.deliver(COMPLETED, runOf());
		await other.deliver(COMPLETED, runOf());

		expect(passing.server.executions).toHaveLength(1);
		expect(other.server.executions).toHaveLength(0);
	});
});
