import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	FAULTS,
	remoteErrorBody,
	tooManyRequests,
	UNKNOWN_ID,
} from '../simulator/index.mts';
import { byId } from './harness.mts';
import { useResource } from './use-resource.mts';

const { truto, run, requests } = useResource('integratedAccount');

describe('Refresh Credentials', () => {
	const refresh = async (id: string, options: INodeParameters = {}) =>
		await run({ operation: 'refreshCredentials', integratedAccountId: byId(id), options });

	it('lets Truto refresh them', async () => {
		const { rows, error } = await refresh(ACCOUNTS.hubspot);

		expect(error).toBeUndefined();
		expect(rows).toEqual([{ success: true, integrated_account_id: ACCOUNTS.hubspot }]);
		expect(truto().requests).toMatchObject([
			{
				method: 'POST',
				path: '/integrated-account/refresh-credentials',
				body: { id: ACCOUNTS.hubspot },
			},
		]);
	});

	it('says who must act if the integrated app refuses', async () => {
		const { error } = await refresh(ACCOUNTS.needsReauth);

		expect(error?.message).toBe(
			`The credentials of integrated account ${ACCOUNTS.needsReauth} could not be refreshed [item 0]`,
		);
		expect(error?.description).toMatch(
			/^The customer has to reconnect the account\. .*invalid_grant/,
		);
	});

	it('does not blame the customer for a fault of the integrated app', async () => {
		truto().faults.next(1, {
			kind: 'status',
			status: 502,
			body: remoteErrorBody(502, { error: 'down' }),
		});

		const { error } = await refresh(ACCOUNTS.hubspot);

		expect(error?.message).toMatch(/^The integrated app failed, not Truto \(502\)/);
	});

	it.each([429, 408])('does not blame the customer if the app is busy: %i', async (status) => {
		truto().faults.next(9, {
			kind: 'status',
			status,
			headers: { 'retry-after': '0' },
			body: remoteErrorBody(status, { error: 'slow down' }),
		});

		const { error } = await refresh(ACCOUNTS.hubspot, { maxRetries: 0 });

		expect(error?.message).toContain(`The integrated app is busy (${status})`);
		expect(error?.description).not.toContain('reconnect');
	});

	it('believes an answer that it did not work', async () => {
		truto().faults.next(1, {
			kind: 'status',
			status: 200,
			body: { success: false, message: 'Token was revoked' },
		});

		const { error } = await refresh(ACCOUNTS.hubspot);

		expect(error?.message).toMatch(/could not be refreshed/);
		expect(error?.description).toBe(
			'The customer has to reconnect the account. Truto said: Token was revoked.',
		);
	});

	it('is sent again after a 429 only', async () => {
		truto().faults.next(1, tooManyRequests(1));
		const waited = await refresh(ACCOUNTS.hubspot);
		truto().clearRequests();
		truto().faults.next(9, FAULTS.gatewayTimeout);
		const failed = await refresh(ACCOUNTS.hubspot);

		expect(waited.rows).toMatchObject([{ success: true }]);
		expect(failed.error?.description).toMatch(/^Truto may have done it anyway/);
		expect(requests()).toHaveLength(1);
	});

	it('says which account Truto does not know', async () => {
		const { error } = await refresh(UNKNOWN_ID);

		expect(error?.message).toBe(
			`Integrated account ${UNKNOWN_ID} was not found in Truto (404) [item 0]`,
		);
	});
});
