import type { StateEntryPlace } from '../../../../lib/api/runStates';
import { fetchSyncJob } from '../../../../lib/api/syncJobs';
import { ExplainedError } from '../../../../lib/explainedError';
import type { ItemContext } from '../../../../lib/n8n/operation';
import { optional, syncJobProperty } from '../../../../lib/parameters/locators';
import {
	optionalId,
	requiredText,
	text,
	type ValuesOf,
} from '../../../../lib/parameters/parameter';
import { quote } from '../../../../lib/text';
import { SYNC_JOB } from '../../../../lib/truto/kinds';

const stateKey = text({
	displayName: 'State Key',
	name: 'stateKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
	description:
		'The state key of the sync job, with its placeholders filled in. This is often the ID of the integrated account.',
});

const syncJob = optionalId(
	{
		...optional(syncJobProperty),
		description: "The sync job whose state key is used if 'State Key' is empty",
	},
	SYNC_JOB,
);

/** Which state: every operation on a state has these. */
export const state = { stateKey, syncJob };

/**
 * The given state key, or the one of the given sync job.
 *
 * @throws {ExplainedError} if none is given, or that of the sync job depends on the run
 */
export async function stateKeyOf(
	{ stateKey: given, syncJob: id }: ValuesOf<typeof state>,
	{ client, nodeRun }: ItemContext,
): Promise<string> {
	if (given !== undefined) return given;
	if (id === undefined) {
		throw new ExplainedError(
			'No state key entered',
			"Enter it under 'State Key', or choose a sync job that has one. An expression may have returned nothing for this item.",
		);
	}
	const job = await nodeRun.once(id, async () => await fetchSyncJob(client, id));
	const ofJob = job.stateKey ?? '';
	if (ofJob !== '' && !ofJob.includes('{{')) return ofJob;
	throw new ExplainedError(
		ofJob === ''
			? `Sync job ${id} has no state key`
			: `The state key of sync job ${id} is different for each run: ${quote(ofJob)}`,
		ofJob === ''
			? "Enter the state key under 'State Key'."
			: "Enter it under 'State Key' with its placeholders filled in, such as the ID of the integrated account.",
	);
}

const key = requiredText({
	displayName: 'Key',
	name: 'key',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. last_synced_at',
	description: 'The key of the entry',
});

/** The entry in texts. */
export function placeName(place: StateEntryPlace): string {
	return `${place.key} of state ${place.stateKey}`;
}

/** Which entry of which state. */
export const entry = { ...state, key };

/** @throws as {@link stateKeyOf} */
export async function placeOf(
	values: ValuesOf<typeof entry>,
	item: ItemContext,
): Promise<StateEntryPlace> {
	return { key: values.key, stateKey: await stateKeyOf(values, item) };
}
