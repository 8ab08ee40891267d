import { deleteStateEntry, fetchStateEntry } from '../../../../lib/api/runStates';
import { unlessGone } from '../../../../lib/api/things';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, Operation } from '../../../../lib/n8n/operation';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { STATE_ENTRY } from '../../../../lib/truto/kinds';
import { placeName, placeProperties, readPlace } from './place';

export const deleteEntry: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete an entry of a sync job state',
		description:
			'Delete one entry of a state, so that the next sync starts from the beginning. Returns the previous value.',
	},
	properties: [...placeProperties, optionsProperty()],
	run: deleteStateEntryOf,
};

async function deleteStateEntryOf(item: ItemContext): Promise<JsonRecord[]> {
	const { client, nodeRun } = item;
	const place = await readPlace(item);
	const output = ({ value }: JsonRecord) => [
		{ deleted: true, key: place.key, value_before: value ?? null, state_key: place.stateKey },
	];
	return await nodeRun.change({
		kind: STATE_ENTRY,
		id: placeName(place),
		done: 'deleted',
		look: async () => await fetchStateEntry(client, place),
		act: async (before) => {
			await deleteStateEntry(client, place);
			return output(before);
		},
		settle: async (before, doubt) => {
			const entry = await unlessGone(fetchStateEntry(client, place));
			if (entry === undefined) return output(before);
			if (entry.value === before.value) return undefined;
			throw doubt;
		},
	});
}
