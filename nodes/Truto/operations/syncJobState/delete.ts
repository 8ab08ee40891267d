import { deleteStateEntry, fetchStateEntry } from '../../../../lib/api/stateEntries';
import { unlessGone } from '../../../../lib/api/things';
import { UnsureError } from '../../../../lib/explainedError';
import type { Json } from '../../../../lib/json';
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
		const output = ({ value }: Seen) => [
			{ deleted: true, key: id.key, value_before: value, state_key: id.stateKey },
		];
		const isGone = async (seen: Seen, mayHaveArrived: boolean) => {
			const found = await unlessGone(fetchStateEntry(client, id));
			if (found === undefined) return mayHaveArrived;
			const { value = null } = found;
			if (mayHaveArrived && value !== seen.value) throw changedError(entryName(id));
			seen.value = value;
			return false;
		};
		return await nodeRun.change({
			kind: STATE_ENTRY,
			id: entryName(id),
			done: 'deleted',
			look: async (): Promise<Seen> => {
				const { value = null } = await fetchStateEntry(client, id);
				return { value };
			},
			act: async (seen) => {
				await deleteStateEntry(
					client,
					id,
					async (mayHaveArrived) => await isGone(seen, mayHaveArrived),
				);
				return output(seen);
			},
			settle: async (seen) => ((await isGone(seen, true)) ? output(seen) : undefined),
		});
	},
});

/** The entry as it was seen last. *Retry On Fail* goes on with it. */
interface Seen {
	value: Json;
}

/** A sync may have written the new value, which nobody wants to delete. */
function changedError(name: string): UnsureError {
	return new UnsureError(
		`State entry ${name} may have been deleted, and has a new value now`,
		'A sync may have written the new value after the deletion, so the node left it alone. Look at the entry before you delete it.',
	);
}
