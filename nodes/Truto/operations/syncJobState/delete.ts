import { deleteStateEntry, fetchStateEntry } from '../../../../lib/api/stateEntries';
import { unlessGone } from '../../../../lib/api/things';
import type { JsonRecord } from '../../../../lib/json';
import { operation } from '../../../../lib/n8n/operation';
import { STATE_ENTRY } from '../../../../lib/truto/kinds';
import { entry, entryName, entryIdOf } from './entry';

export const deleteEntry = operation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete an entry of a sync job state',
		description:
			'Delete one entry of a state, so that the next sync starts from the beginning. Returns the previous value.',
	},
	parameters: entry,
	run: async (values, item) => {
		const { client, nodeRun } = item;
		const id = await entryIdOf(values, item);
		const output = ({ value }: JsonRecord) => [
			{ deleted: true, key: id.key, value_before: value ?? null, state_key: id.stateKey },
		];
		return await nodeRun.change({
			kind: STATE_ENTRY,
			id: entryName(id),
			done: 'deleted',
			look: async () => await fetchStateEntry(client, id),
			act: async (before) => {
				await deleteStateEntry(client, id);
				return output(before);
			},
			settle: async (before, doubt) => {
				const found = await unlessGone(fetchStateEntry(client, id));
				if (found === undefined) return output(before);
				if (found.value === before.value) return undefined;
				throw doubt;
			},
		});
	},
});
