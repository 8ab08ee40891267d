import type { INodeProperties } from 'n8n-workflow';

import { fetchStateEntry, postStateEntry } from '../../../../lib/api/stateEntries';
import { unlessGone } from '../../../../lib/api/things';
import { ExplainedError } from '../../../../lib/explainedError';
import type { JsonRecord } from '../../../../lib/json';
import { operation } from '../../../../lib/n8n/operation';
import { choice, type Parameter } from '../../../../lib/parameters/parameter';
import { STATE_ENTRY } from '../../../../lib/truto/kinds';
import { utcTime } from '../../../../lib/truto/timestamp';
import { entry, entryName, entryIdOf } from './entry';

const valueType = choice({
	displayName: 'Value Type',
	name: 'valueType',
	type: 'options',
	options: [
		{ name: 'Date', value: 'date' },
		{ name: 'Text', value: 'text' },
	],
	default: 'date',
	description: 'The type of the new value. Most entries hold a date.',
});

const dateProperty = {
	displayName: 'Date',
	name: 'date',
	type: 'dateTime',
	required: true,
	default: '',
	description:
		'The time from which the next sync continues. Truto stores it in UTC, such as 2026-01-31T00:00:00.000Z.',
	displayOptions: { show: { valueType: ['date'] } },
} satisfies INodeProperties;

const textProperty: INodeProperties = {
	displayName: 'Value',
	name: 'value',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 2026-01-31',
	description: 'The new value of the entry. It is sent as text, or as JSON if it is an object.',
	displayOptions: { show: { valueType: ['text'] } },
};

/** @throws {ExplainedError} if nothing is given: an expression without a result must not erase a state */
const value: Parameter<string> = {
	properties: [...valueType.properties, dateProperty, textProperty],
	read: (reader) => {
		const isDate = valueType.read(reader) === 'date';
		const given = isDate ? reader.date(dateProperty) : textOf(reader.value(textProperty));
		if (given !== undefined) return given;
		const { displayName } = isDate ? dateProperty : textProperty;
		throw new ExplainedError(
			`'${displayName}' is empty`,
			"Enter a value. To remove the entry, use the operation 'Delete'.",
		);
	},
};

function textOf(given: unknown): string | undefined {
	if (given === undefined) return undefined;
	if (typeof given !== 'object') return String(given);
	const json = JSON.stringify(given);
	// The date object of an expression becomes a text in JSON: it needs no quotes around it.
	const parsed: unknown = JSON.parse(json);
	return typeof parsed === 'string' ? parsed : json;
}

export const set = operation({
	option: {
		name: 'Set',
		value: 'set',
		action: 'Set an entry of a sync job state',
		description:
			'Create or change one entry of a state, for example to sync again from a date. Also returns the previous value.',
	},
	parameters: { ...entry, value },
	run: async (values, item) => {
		const { client, nodeRun } = item;
		const { value: text } = values;
		const id = await entryIdOf(values, item);
		const fetchEntry = async () => (await unlessGone(fetchStateEntry(client, id))) ?? {};
		const output = (before: JsonRecord, after: JsonRecord) => [
			{
				key: id.key,
				value_before: before.value ?? null,
				value: after.value ?? text,
				updated_at: utcTime(after.updated_at),
				state_key: id.stateKey,
			},
		];
		return await nodeRun.change({
			kind: STATE_ENTRY,
			id: entryName(id),
			done: 'set',
			wanted: text,
			look: fetchEntry,
			act: async (before) => output(before, await postStateEntry(client, id, text)),
			settle: async (before, doubt) => {
				const after = await fetchEntry();
				if (after.value === text) return output(before, after);
				if (after.value === before.value) return undefined;
				throw doubt;
			},
		});
	},
});
