import { fetchAccount } from '../../../../lib/api/integratedAccounts';
import type { Operation } from '../../../../lib/n8n/operation';
import { integratedAccountProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { readShape, shapeProperties } from '../../../../lib/parameters/shape';
import { INTEGRATED_ACCOUNT } from '../../../../lib/truto/kinds';
import { outputAccount } from './output';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get an integrated account',
		description:
			'Get the tenant, integration and status of one integrated account, and whether its customer must reconnect',
	},
	properties: [integratedAccountProperty, ...shapeProperties, optionsProperty()],
	run: async ({ parameters, client }) => {
		const shape = readShape(parameters);
		const id = parameters.id(integratedAccountProperty, INTEGRATED_ACCOUNT);
		return [outputAccount(await fetchAccount(client, id), shape)];
	},
};
