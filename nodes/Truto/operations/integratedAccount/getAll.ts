import type { INodeProperties } from 'n8n-workflow';

import { accountAttention } from '../../../../lib/accounts/attention';
import { listAccounts } from '../../../../lib/api/integratedAccounts';
import type { Operation } from '../../../../lib/n8n/operation';
import { pageSizeOption, pagingProperties, readLimit } from '../../../../lib/parameters/paging';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { readShape, shapeProperties } from '../../../../lib/parameters/shape';
import { ACCOUNT_STATUSES } from '../../../../lib/truto/statuses';
import { outputAccount } from './output';

const integrationName: INodeProperties = {
	displayName: 'Integration Name',
	name: 'integrationName',
	type: 'string',
	default: '',
	placeholder: 'e.g. hubspot',
	description: "Only accounts of this integration, by Truto's name for it",
};

const isSandbox: INodeProperties = {
	displayName: 'Is Sandbox',
	name: 'isSandbox',
	type: 'boolean',
	default: false,
	description: 'Whether to return only sandbox accounts. Turn it off to return only the others.',
};

const needsAttention: INodeProperties = {
	displayName: 'Needs Attention',
	name: 'needsAttention',
	type: 'boolean',
	default: true,
	description:
		'Whether to return only accounts that somebody must act on, such as a customer who must reconnect. Turn it off to return only the others.',
};

const status: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'multiOptions',
	options: ACCOUNT_STATUSES.map(({ name, value }) => ({ name, value })),
	default: [],
	description: 'Only accounts in one of these statuses',
};

const tenantId: INodeProperties = {
	displayName: 'Tenant ID',
	name: 'tenantId',
	type: 'string',
	default: '',
	placeholder: 'e.g. acme-1',
	description: 'Only accounts of this tenant, which is your own ID for the customer',
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which integrated accounts to return: those that match all filters',
	options: [integrationName, isSandbox, needsAttention, status, tenantId],
};

const options = optionsProperty([pageSizeOption]);

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many integrated accounts',
		description:
			'List integrated accounts, filtered by tenant, integration or status, and see who must reconnect',
	},
	properties: [...pagingProperties, filters, ...shapeProperties, options],
	run: async ({ parameters, client }) => {
		const shape = readShape(parameters);
		const wanted = parameters.in(filters);
		const attention = wanted.added(needsAttention, () => wanted.boolean(needsAttention));
		const accounts = await listAccounts(client, {
			tenantId: wanted.added(tenantId, () => wanted.text(tenantId)),
			integrationName: wanted.added(integrationName, () => wanted.text(integrationName)),
			statuses: wanted.added(status, () => wanted.choices(status)),
			isSandbox: wanted.added(isSandbox, () => wanted.boolean(isSandbox)),
			matches:
				attention === undefined
					? undefined
					: (account) => accountAttention(account).needs_attention === attention,
			limit: readLimit(parameters),
			pageSize: parameters.in(options).number(pageSizeOption),
		});
		return accounts.map((account) => outputAccount(account, shape));
	},
};
