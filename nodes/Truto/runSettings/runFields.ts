import { ExplainedError } from '../../../lib/explainedError';
import { withoutUndefined, type JsonRecord } from '../../../lib/json';
import { addedSwitch, collection } from '../../../lib/parameters/collection';
import { datastoreProperty, optional, webhookProperty } from '../../../lib/parameters/locators';
import {
	choice,
	choices,
	json,
	optionalId,
	text,
	type Parameter,
	type Parameters,
	type ValuesOf,
} from '../../../lib/parameters/parameter';
import { RUN_EVENT_CHOICES } from '../../../lib/truto/events';
import { DATASTORE, WEBHOOK } from '../../../lib/truto/kinds';

const daemonGroupKey = text({
	displayName: 'Daemon Group Key',
	name: 'daemonGroupKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. warehouse',
	description:
		'The group of daemons that runs the sync. A daemon is a Truto program on your own servers. Cannot be combined with a webhook.',
});

const datastoreId = optionalId(
	{
		...optional(datastoreProperty),
		description: 'The datastore in Truto that receives the records',
	},
	DATASTORE,
);

const errorHandling = choice({
	displayName: 'Error Handling',
	name: 'errorHandling',
	type: 'options',
	options: [
		{
			name: 'Batch',
			value: 'batch',
			description:
				'Continue, and report errors in batches. Needs a sync job of version 2 or newer.',
		},
		{ name: 'Default', value: '' },
		{ name: 'Fail Fast', value: 'fail_fast', description: 'Stop at the first error' },
		{ name: 'Ignore', value: 'ignore', description: 'Continue, and report each error' },
	],
	default: '',
	description: 'What the run does when a record fails',
});

const eventsToSend = choices({
	displayName: 'Events to Send',
	name: 'eventsToSend',
	type: 'multiOptions',
	options: RUN_EVENT_CHOICES,
	default: [],
	description: 'Which events the run sends to its webhook',
});

const force = addedSwitch({
	displayName: 'Force',
	name: 'force',
	type: 'boolean',
	default: true,
	description: 'Whether to start the run even while another one with the same mutex key is running',
});

const ignorePreviousRun = addedSwitch({
	displayName: 'Ignore Previous Run',
	name: 'ignorePreviousRun',
	type: 'boolean',
	default: true,
	description:
		'Whether to sync everything again, which is slow and costly, instead of what has changed since the last run',
});

const mutexKey = text({
	displayName: 'Mutex Key',
	name: 'mutexKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. crm-nightly',
	description: 'Only one run with the same key runs at a time. The others wait.',
});

const resources = json({
	displayName: 'Resources (JSON)',
	name: 'resources',
	type: 'json',
	default: '',
	placeholder: 'e.g. [{ "resource": "crm/contacts", "method": "list" }]',
	description: 'The resources to sync instead of those of the sync job, as a JSON array',
});

const stateKey = text({
	displayName: 'State Key',
	name: 'stateKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. crm-nightly',
	description: 'The key under which Truto keeps the state of incremental runs',
});

const superQuery = choice({
	displayName: 'SuperQuery Region',
	name: 'superQuery',
	type: 'options',
	options: [
		{ name: 'Asia-Pacific', value: 'apac' },
		{ name: 'Default', value: '' },
		{ name: 'Western North America', value: 'wnam' },
	],
	default: '',
	description: 'Where SuperQuery keeps the records',
});

const webhook = optionalId(
	{
		...optional(webhookProperty),
		description:
			'The webhook that receives the records, page by page. It must answer each page with 200. Cannot be combined with a daemon group.',
	},
	WEBHOOK,
);

/** What a run and a schedule have in common: a schedule passes it to its runs. */
export const sharedFields = { daemonGroupKey, errorHandling, eventsToSend, superQuery, webhook };

const runFields = {
	...sharedFields,
	datastoreId,
	force,
	ignorePreviousRun,
	mutexKey,
	resources,
	stateKey,
};

/** The collection *Additional Fields* with these entries. */
export function additionalFieldsWith<E extends Parameters>(entries: E): Parameter<ValuesOf<E>> {
	return collection(
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
		},
		entries,
	);
}

const collected = additionalFieldsWith(runFields);

/** Everything else that can be set for a new run, by Truto's names. Fields that aren't set are left out. */
export const additionalFields: Parameter<JsonRecord> = {
	...collected,
	read: (reader) => {
		const given = collected.read(reader);
		return withoutUndefined({
			...namedFields(given),
			ignore_previous_run: given.ignorePreviousRun || undefined,
			datastore_id: given.datastoreId,
			force: given.force || undefined,
			mutex_key: given.mutexKey,
			resources: given.resources,
			state_key: given.stateKey,
		});
	},
};

/**
 * The {@link sharedFields} by Truto's names. Fields that aren't set are left out.
 *
 * @throws {ExplainedError} if both a webhook and a daemon group are set, because Truto only takes one
 * of them
 */
export function namedFields(given: Partial<ValuesOf<typeof sharedFields>>): JsonRecord {
	if (given.webhook !== undefined && given.daemonGroupKey !== undefined) {
		throw new ExplainedError(
			'A run has one destination, but both a webhook and a daemon group are set',
			"Clear 'Webhook' or 'Daemon Group Key'.",
		);
	}
	const { eventsToSend: events = [] } = given;
	return withoutUndefined({
		webhook_id: given.webhook,
		daemon_group_key: given.daemonGroupKey,
		error_handling: given.errorHandling || undefined,
		events_to_send: events.length > 0 ? events : undefined,
		super_query: given.superQuery || undefined,
	});
}
