import type { INodeProperties } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { isJsonRecord } from '../json';
import { INTEGRATED_ACCOUNT, SYNC_JOB } from '../truto/kinds';
import { accountOfJobProperty, optional, syncJobProperty } from './locators';
import { choice, id, optionalId, requiredText, shownIf, type Parameter } from './parameter';
import { readText } from './read';

/** How people say which state they mean. */
export type StateChoice =
	| { stateKey: string }
	| { syncJobId: string; accountId: string | undefined };

const specifyState = choice({
	displayName: 'Specify State',
	name: 'specifyState',
	type: 'options',
	options: [
		{ name: 'By Sync Job', value: 'syncJob' },
		{ name: 'By State Key', value: 'stateKey' },
	],
	default: 'syncJob',
	description: 'How to specify the state',
});

const ofJob = { specifyState: ['syncJob'] };

const syncJob = shownIf(
	id(
		{ ...syncJobProperty, description: 'The sync job whose incremental runs keep the state' },
		SYNC_JOB,
	),
	ofJob,
);

const account = shownIf(
	optionalId(
		{
			...optional(accountOfJobProperty),
			description:
				"The integrated account that is synced: one customer's connection to an integration. Most sync jobs keep a state for each account.",
		},
		INTEGRATED_ACCOUNT,
	),
	ofJob,
);

const stateKey = shownIf(
	requiredText({
		displayName: 'State Key',
		name: 'stateKey',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
		description:
			"The sync job's state key, with its placeholders filled in. This is often the ID of the integrated account.",
	}),
	{ specifyState: ['stateKey'] },
);

/** Which state: every operation on a state has these. */
export const state: Parameter<StateChoice> = {
	properties: [specifyState, syncJob, account, stateKey].flatMap(({ properties }) => properties),
	read: (reader) =>
		specifyState.read(reader) === 'stateKey'
			? { stateKey: stateKey.read(reader) }
			: { syncJobId: syncJob.read(reader), accountId: account.read(reader) },
};

const entryProperty: INodeProperties = {
	displayName: 'Entry',
	name: 'key',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The entry of the state, such as the time from which the next sync continues',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an entry…',
			typeOptions: { searchListMethod: 'searchStateEntries', searchable: true },
		},
		{
			displayName: 'By Key',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. last_synced_at',
		},
	],
};

/** The key of an entry. Unlike an ID, it may have every character. */
export const entryKey: Parameter<string> = {
	properties: [entryProperty],
	read: (reader) => {
		const given = reader.raw(entryProperty);
		const key = readText(isJsonRecord(given) ? given.value : given, entryProperty.displayName);
		if (key !== undefined) return key;
		throw new ExplainedError(
			'No entry selected',
			"Choose the entry from the list or enter its key. If you use an expression, it returned nothing for this item: the key is in 'key'.",
		);
	},
};
