import { accountAttention } from '../../../../lib/accounts/attention';
import { listAccounts } from '../../../../lib/api/integratedAccounts';
import { operation } from '../../../../lib/n8n/operation';
import { filters } from '../../../../lib/parameters/collection';
import { limit } from '../../../../lib/parameters/paging';
import { boolean, choices, text } from '../../../../lib/parameters/parameter';
import { shape } from '../../../../lib/parameters/shape';
import { shapedList } from '../../../../lib/shape';
import type { Account } from '../../../../lib/truto/account';
import { ACCOUNT_STATUSES } from '../../../../lib/truto/statuses';
import { outputAccount } from './output';

const accountFilters = filters('integrated accounts', {
	integrationName: text({
		displayName: 'Integration Name',
		name: 'integrationName',
		type: 'string',
		default: '',
		placeholder: 'e.g. hubspot',
		description: "Only accounts of this integration, by Truto's name for it",
	}),
	isSandbox: boolean({
		displayName: 'Is Sandbox',
		name: 'isSandbox',
		type: 'boolean',
		default: false,
		description: 'Whether to return only sandbox accounts. Turn it off to return only the others.',
	}),
	needsAttention: boolean({
		displayName: 'Needs Attention',
		name: 'needsAttention',
		type: 'boolean',
		default: true,
		description:
			'Whether to return only accounts that somebody must act on, such as a customer who must reconnect. Turn it off to return only the others.',
	}),
	statuses: choices({
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		options: ACCOUNT_STATUSES.map(({ name, value }) => ({ name, value })),
		default: [],
		description: 'Only accounts in one of these statuses',
	}),
	tenantId: text({
		displayName: 'Tenant ID',
		name: 'tenantId',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme-1',
		description: 'Only accounts of this tenant, which is your own ID for the customer',
	}),
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
	run: async (values, { client }) => {
		const { needsAttention, ...filter } = values.filters;
		const matches = (account: Account) =>
			needsAttention === undefined || accountAttention(account).needs_attention === needsAttention;
		const accounts = await listAccounts(client, { ...filter, matches, limit: values.limit });
		return await shapedList(values.shape, (one) =>
			accounts.map((account) => outputAccount(account, one)),
		);
	},
});
