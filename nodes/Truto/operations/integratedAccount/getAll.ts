import { accountAttention } from '../../../../lib/accounts/attention';
import { listAccounts } from '../../../../lib/api/integratedAccounts';
import { operation } from '../../../../lib/n8n/operation';
import { filters } from '../../../../lib/parameters/collection';
import { integrationNameOf, tenantIdOf } from '../../../../lib/parameters/filters';
import { limit } from '../../../../lib/parameters/paging';
import { choice, choices } from '../../../../lib/parameters/parameter';
import { shape } from '../../../../lib/parameters/shape';
import { shapedList } from '../../../../lib/shape';
import type { Account } from '../../../../lib/truto/account';
import { ACCOUNT_STATUSES } from '../../../../lib/truto/statuses';
import { outputAccount } from './output';

const accountFilters = filters('integrated accounts', {
	integrationName: integrationNameOf('accounts'),
	attention: choice({
		displayName: 'Attention',
		name: 'attention',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{
				name: 'Needs Attention',
				value: 'needed',
				description: 'Somebody must act, such as a customer who must reconnect',
			},
			{ name: 'Working', value: 'working', description: 'Nobody needs to act' },
		],
		default: 'needed',
		description: 'Only accounts that somebody must act on, or only those that work',
	}),
	sandbox: choice({
		displayName: 'Sandbox',
		name: 'sandbox',
		type: 'options',
		options: [
			{ name: 'All', value: 'all' },
			{ name: 'No Sandboxes', value: 'none' },
			{ name: 'Sandboxes', value: 'only' },
		],
		default: 'none',
		description: 'Only sandbox accounts, or only the others',
	}),
	statuses: choices({
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		options: ACCOUNT_STATUSES.map(({ name, value }) => ({ name, value })),
		default: [],
		description: 'Only accounts in one of these statuses',
	}),
	tenantId: tenantIdOf('accounts'),
});

export const getAll = operation({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many integrated accounts',
		description:
			'List integrated accounts, filtered by tenant, integration or status, and see who must reconnect',
	},
	parameters: { limit, filters: accountFilters, shape },
	onlyReads: true,
	run: async (values, { client }) => {
		const { attention = 'all', sandbox = 'all', ...given } = values.filters;
		const filter = sandbox === 'all' ? given : { ...given, isSandbox: sandbox === 'only' };
		const matches = (account: Account) =>
			attention === 'all' || accountAttention(account).needs_attention === (attention === 'needed');
		const accounts = await listAccounts(client, { ...filter, matches, limit: values.limit });
		return await shapedList(values.shape, (one) =>
			accounts.map((account) => outputAccount(account, one)),
		);
	},
});
