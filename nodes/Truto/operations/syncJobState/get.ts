import { fetchStateEntry } from '../../../../lib/api/stateEntries';
import { operation } from '../../../../lib/n8n/operation';
import { entry, entryRow, entryIdOf } from './entry';

export const get = operation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get an entry of a sync job state',
		description: 'Get one entry of a state, such as the time from which the next sync continues',
	},
	parameters: entry,
	onlyReads: true,
	run: async (values, item) => {
		const id = await entryIdOf(values, item);
		return [entryRow(await fetchStateEntry(item.client, id), id.stateKey)];
	},
});
