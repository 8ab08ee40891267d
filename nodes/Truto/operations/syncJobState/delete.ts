import { deleteStateEntry, fetchStateEntry } from '../../../../lib/api/runStates';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, Operation } from '../../../../lib/n8n/operation';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { placeProperties, readPlace } from './place';

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
	const { client } = item;
	const place = await readPlace(item);
	const { value } = await fetchStateEntry(client, place);
	await deleteStateEntry(client, place);
	return [
		{ deleted: true, key: place.key, value_before: value ?? null, state_key: place.stateKey },
	];
}
