import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, SYNC_JOBS } from '../../simulator/index.mts';
import { byId } from '../harness.mts';
import { FILLED, pipedrive, useStartV4 } from './use-start-v4.mts';

const { truto, start, startJson, posts, sentArgs } = useStartV4();

describe('the account', () => {
	it('fills its argument', async () => {
		const { error } = await start(FILLED, pipedrive);

		expect(error).toBeUndefined();
		expect(posts().map(({ body }) => body)).toEqual([
			{
				sync_job_id: SYNC_JOBS.v4Crm,
				integrated_account_id: ACCOUNTS.pipedrive,
				status: 'created',
				args: { ...FILLED, integrated_account_id: ACCOUNTS.pipedrive },
			},
		]);
	});

	it('does not take the place of an argument that was filled', async () => {
		await start({ ...FILLED, integrated_account_id: ACCOUNTS.pipedriveExpired }, pipedrive);

		expect(sentArgs()).toMatchObject([{ integrated_account_id: ACCOUNTS.pipedriveExpired }]);
	});

	it('may be given as the argument alone', async () => {
		const { error } = await start({ ...FILLED, integrated_account_id: ACCOUNTS.pipedrive });

		expect(error).toBeUndefined();
		expect(posts()[0]?.body).not.toHaveProperty('integrated_account_id');
		expect(sentArgs()).toMatchObject([{ integrated_account_id: ACCOUNTS.pipedrive }]);
	});

	it('is required if it is given nowhere', async () => {
		const { error } = await start(FILLED);

		expect(error?.message).toBe('No integrated account selected [item 0]');
		expect(error?.description).toMatch(/^Choose the account to sync under 'Integrated Account'/);
		expect(posts()).toEqual([]);
	});

	it('is not guessed if two arguments take one', async () => {
		const account = { type: 'string', format: 'integrated_account_id' };
		const { id } = truto().store.addSyncJob({
			integration_name: 'pipedrive',
			default_runtime_version: 4,
			args_schema: { source: account, target: account },
		});

		await start({}, { syncJobId: byId(id), ...pipedrive });

		expect(sentArgs()).toEqual([{}]);
	});
});

describe('Additional Fields', () => {
	it.each(['apac', 'wnam'])('super_query is the text %s', async (superQuery) => {
		const { error } = await start(FILLED, { ...pipedrive, additionalFields: { superQuery } });

		expect(error).toBeUndefined();
		expect(posts().map(({ body }) => body)).toMatchObject([{ super_query: superQuery }]);
	});

	it('super_query is no other', async () => {
		const additionalFields = { superQuery: 'emea' };
		const { error } = await start(FILLED, { ...pipedrive, additionalFields });

		expect(error?.message).toMatch(/^'SuperQuery Region' is not valid: emea/);
		expect(truto().requests).toEqual([]);
	});

	it('errors in batches are refused for version 1, before anything is started', async () => {
		const additionalFields = { errorHandling: 'batch' };
		const { error } = await startJson('{}', {
			syncJobId: byId(SYNC_JOBS.hris),
			integratedAccountId: byId(ACCOUNTS.bamboohr),
			additionalFields,
		});
		const v4 = await start(FILLED, { ...pipedrive, additionalFields });

		expect(error?.message).toMatch(/can't report errors in batches: it has runtime version 1/);
		expect(v4.error).toBeUndefined();
		expect(posts()).toHaveLength(1);
	});
});
