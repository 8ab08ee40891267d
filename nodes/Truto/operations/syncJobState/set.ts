import type { INodeProperties } from 'n8n-workflow';

import { fetchStateEntry, postStateEntry } from '../../../../lib/api/runStates';
import { unlessGone } from '../../../../lib/api/things';
import { ExplainedError } from '../../../../lib/explainedError';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, Operation } from '../../../../lib/n8n/operation';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import type { ParameterReader } from '../../../../lib/parameters/reader';
import { STATE_ENTRY } from '../../../../lib/truto/kinds';
import { utcTime } from '../../../../lib/truto/timestamp';
import { placeName, placeProperties, readPlace } from './place';

const value: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 2026-01-31T00:00:00Z',
	description:
		'The new value of the entry, such as the time from which the next sync continues. It is sent as text, or as JSON if it is an object.',
};

export const set: Operation = {
	option: {
		name: 'Set',
		value: 'set',
		action: 'Set an entry of a sync job state',
		description:
			'Create or change one entry of a state, for example to sync again from a date. Also returns the previous value.',
	},
	properties: [...placeProperties, value, optionsProperty()],
	run: setStateEntry,
};

async function setStateEntry(item: ItemContext): Promise<JsonRecord[]> {
	const { client, parameters, nodeRun } = item;
	const text = readValue(parameters);
	const place = await readPlace(item);
	const fetchEntry = async () => (await unlessGone(fetchStateEntry(client, place))) ?? {};
	const output = (before: JsonRecord, entry: JsonRecord) => [
		{
			key: place.key,
			value_before: before.value ?? null,
			value: entry.value ?? text,
			state_key: place.stateKey,
			updated_at: utcTime(entry.updated_at),
		},
	];
	return await nodeRun.change({
		kind: STATE_ENTRY,
		id: placeName(place),
		done: 'set',
		wanted: text,
		look: fetchEntry,
		act: async (before) => output(before, await postStateEntry(client, place, text)),
		settle: async (before, doubt) => {
			const entry = await fetchEntry();
			if (entry.value === text) return output(before, entry);
			if (entry.value === before.value) return undefined;
			throw doubt;
		},
	});
}

/** @throws {ExplainedError} if nothing is given: an expression without a result must not erase a state */
function readValue(parameters: ParameterReader): string {
	const given = parameters.value(value);
	if (given === undefined) {
		throw new ExplainedError(
			`'${value.displayName}' is empty`,
			"Enter a value. To remove the entry, use the operation 'Delete'.",
		);
	}
	if (typeof given !== 'object') return String(given);
	const json = JSON.stringify(given);
	// The date object of an expression becomes a text in JSON: it needs no quotes around it.
	const parsed: unknown = JSON.parse(json);
	return typeof parsed === 'string' ? parsed : json;
}
