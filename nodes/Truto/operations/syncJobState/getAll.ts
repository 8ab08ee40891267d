import { listStateEntries } from '../../../../lib/api/stateEntries';
import { operation } from '../../../../lib/n8n/operation';
import { limit } from '../../../../lib/parameters/paging';
import { state } from '../../../../lib/parameters/state';
import { entryRow, stateKeyOf } from './entry';

export const getAll = operation({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many entries of a sync job state',
		description: 'List the entries of a state: where incremental syncs continue',
	},
	parameters: { state, limit },
	onlyReads: true,
	run: async (values, item) => {
		const stateKey = await stateKeyOf(values.state, item);
		const entries = await listStateEntries(item.client, { stateKey, limit: values.limit });
		return entries.map((entry) => entryRow(entry, stateKey));
	},
});
