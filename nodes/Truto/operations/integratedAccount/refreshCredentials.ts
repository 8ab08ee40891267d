import { refreshCredentials as refresh } from '../../../../lib/api/integratedAccounts';
import type { Operation } from '../../../../lib/n8n/operation';
import { integratedAccountProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { INTEGRATED_ACCOUNT } from '../../../../lib/truto/kinds';

export const refreshCredentials: Operation = {
	option: {
		name: 'Refresh Credentials',
		value: 'refreshCredentials',
		action: 'Refresh the credentials of an integrated account',
		description:
			'Get new tokens for an integrated account from the integrated app. If the app refuses, the customer must reconnect.',
	},
	properties: [integratedAccountProperty, optionsProperty()],
	run: async ({ parameters, client, nodeRun }) => {
		const id = parameters.id(integratedAccountProperty, INTEGRATED_ACCOUNT);
		return await nodeRun.change({
			kind: INTEGRATED_ACCOUNT,
			id,
			done: 'refreshed',
			act: async () => {
				await refresh(client, id);
				return [{ success: true, integrated_account_id: id }];
			},
		});
	},
};
