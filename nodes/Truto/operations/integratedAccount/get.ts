import { postReceive } from '../../../../lib/n8n/declared';
import { declaredOperation } from '../../../../lib/n8n/operation';
import { integratedAccount } from '../../../../lib/parameters/locators';
import { shape } from '../../../../lib/parameters/shape';
import { readAccount } from '../../../../lib/truto/account';
import { outputAccount } from './output';

const withAttention = postReceive(readAccount, { shape }, (account, values) => [
	outputAccount(account, values.shape),
]);

export const get = declaredOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get an integrated account',
		description:
			'Get the tenant, integration and status of one integrated account, and whether its customer must reconnect',
	},
	parameters: { integratedAccount, shape },
	routing: {
		request: { method: 'GET', url: integratedAccount.path },
		output: { postReceive: [withAttention] },
	},
});
