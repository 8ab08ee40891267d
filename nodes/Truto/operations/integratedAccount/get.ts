import { postReceive } from '../../../../lib/n8n/declared';
import type { DeclaredOperation } from '../../../../lib/n8n/operation';
import { integratedAccountProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { readShape, shapeProperties } from '../../../../lib/parameters/shape';
import { readAccount } from '../../../../lib/truto/account';
import { outputAccount } from './output';

const withAttention = postReceive(readAccount, (account, { parameters }) => [
	outputAccount(account, readShape(parameters)),
]);

export const get: DeclaredOperation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get an integrated account',
		description:
			'Get the tenant, integration and status of one integrated account, and whether its customer must reconnect',
	},
	properties: [integratedAccountProperty, ...shapeProperties, optionsProperty()],
	routing: {
		request: { method: 'GET' },
		output: { postReceive: [withAttention] },
	},
};
