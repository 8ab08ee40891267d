import { refreshCredentials as refresh } from '../../../../lib/api/integratedAccounts';
import { operation } from '../../../../lib/n8n/operation';
import { integratedAccount } from '../../../../lib/parameters/locators';
import { INTEGRATED_ACCOUNT } from '../../../../lib/truto/kinds';

export const refreshCredentials = operation({
	option: {
		name: 'Refresh Credentials',
		value: 'refreshCredentials',
		action: 'Refresh the credentials of an integrated account',
		description:
			'Get new tokens for an integrated account from the integrated app. If the app refuses, the customer must reconnect.',
	},
	parameters: { id: integratedAccount },
	run: async ({ id }, { client, nodeRun }) => {
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
});
