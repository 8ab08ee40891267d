import type { INodeProperties } from 'n8n-workflow';

import type { StateEntryPlace } from '../../../../lib/api/runStates';
import { fetchSyncJob } from '../../../../lib/api/syncJobs';
import { ExplainedError } from '../../../../lib/explainedError';
import type { ItemContext } from '../../../../lib/n8n/operation';
import { optional, syncJobProperty } from '../../../../lib/parameters/locators';
import { quote } from '../../../../lib/text';
import { SYNC_JOB } from '../../../../lib/truto/kinds';

const stateKey: INodeProperties = {
	displayName: 'State Key',
	name: 'stateKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
	description:
		'The state key of the sync job, with its placeholders filled in. This is often the ID of the integrated account.',
};

const syncJob: INodeProperties = {
	...optional(syncJobProperty),
	description: "The sync job whose state key is used if 'State Key' is empty",
};

/** Which state: every operation on a state has these. */
export const stateKeyProperties: INodeProperties[] = [stateKey, syncJob];

/**
 * The given state key, or the one of the given sync job.
 *
 * @throws {ExplainedError} if none is given, or that of the sync job depends on the run
 */
export async function readStateKey(item: ItemContext): Promise<string> {
	const { parameters, client, nodeRun } = item;
	const given = parameters.text(stateKey);
	if (given !== undefined) return given;
	const id = parameters.optionalId(syncJob, SYNC_JOB);
	if (id === undefined) {
		throw new ExplainedError(
			'No state key is given',
			`Enter it under '${stateKey.displayName}', or choose a sync job that has one. An expression may have given nothing for this item.`,
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
			? `Enter the state key under '${stateKey.displayName}'.`
			: `Enter it under '${stateKey.displayName}' with its placeholders filled in, such as the ID of the integrated account.`,
	);
}

const key: INodeProperties = {
	displayName: 'Key',
	name: 'key',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. last_synced_at',
	description: 'The key of the entry',
};

/** The entry in texts. */
export function placeName({ key: entry, stateKey: state }: StateEntryPlace): string {
	return `${entry} of state ${state}`;
}

/** Which entry of which state. */
export const placeProperties: INodeProperties[] = [...stateKeyProperties, key];

/** @throws as {@link readStateKey}, also if the key is empty */
export async function readPlace(item: ItemContext): Promise<StateEntryPlace> {
	return { key: item.parameters.requiredText(key), stateKey: await readStateKey(item) };
}
