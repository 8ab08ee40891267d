import type { INodeProperties } from 'n8n-workflow';

import { ExplainedError } from '../../../../lib/explainedError';
import type { Json, JsonRecord } from '../../../../lib/json';
import { optional, webhookProperty } from '../../../../lib/parameters/locators';
import type { ParameterReader } from '../../../../lib/parameters/reader';
import { RUN_EVENT_CHOICES } from '../../../../lib/truto/events';
import { WEBHOOK } from '../../../../lib/truto/kinds';

export const daemonGroupKey: INodeProperties = {
	displayName: 'Daemon Group Key',
	name: 'daemonGroupKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. warehouse',
	description:
		'The group of daemons that runs the sync. A daemon is a Truto program on your own servers. Cannot be combined with a webhook.',
};

const datastoreId: INodeProperties = {
	displayName: 'Datastore ID',
	name: 'datastoreId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
	description: 'The datastore in Truto that receives the records',
};

export const errorHandling: INodeProperties = {
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
};

export const eventsToSend: INodeProperties = {
	displayName: 'Events to Send',
	name: 'eventsToSend',
	type: 'multiOptions',
	options: RUN_EVENT_CHOICES,
	default: [],
	description: 'Which events the run sends to its webhook',
};

const force: INodeProperties = {
	displayName: 'Force',
	name: 'force',
	type: 'boolean',
	default: false,
	description: 'Whether to start the run even while another one with the same mutex key is running',
};

const ignorePreviousRun: INodeProperties = {
	displayName: 'Ignore Previous Run',
	name: 'ignorePreviousRun',
	type: 'boolean',
	default: false,
	description:
		'Whether to sync everything again, which is slow and costly, instead of what has changed since the last run',
};

const mutexKey: INodeProperties = {
	displayName: 'Mutex Key',
	name: 'mutexKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. crm-nightly',
	description: 'Only one run with the same key runs at a time. The others wait.',
};

const resources: INodeProperties = {
	displayName: 'Resources (JSON)',
	name: 'resources',
	type: 'json',
	default: '',
	placeholder: 'e.g. [{ "resource": "crm/contacts", "method": "list" }]',
	description: 'The resources to sync instead of those of the sync job, as a JSON array',
};

const stateKey: INodeProperties = {
	displayName: 'State Key',
	name: 'stateKey',
	type: 'string',
	default: '',
	placeholder: 'e.g. crm-nightly',
	description: 'The key under which Truto keeps the state of incremental runs',
};

export const superQuery: INodeProperties = {
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
};

export const webhook: INodeProperties = {
	...optional(webhookProperty),
	description:
		'The webhook that receives the records, page by page. It must answer each page with 200. Cannot be combined with a daemon group.',
};

/** Everything else that can be set for a new run. */
export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		daemonGroupKey,
		datastoreId,
		errorHandling,
		eventsToSend,
		force,
		ignorePreviousRun,
		mutexKey,
		resources,
		stateKey,
		superQuery,
		webhook,
	],
};

/**
 * The fields of `POST /sync-job-run` that are set under *Additional Fields*. @throws as {@link
 * readRunFields}
 */
export function readAdditionalFields(parameters: ParameterReader): JsonRecord {
	return readRunFields(parameters.in(additionalFields));
}

/**
 * The fields of a run, or of the runs of a schedule, by Truto's names. Fields that aren't set are left
 * out.
 *
 * @param fields a collection with any of the fields of {@link additionalFields}
 * @throws {ExplainedError} if both a webhook and a daemon group are given, because Truto only takes one
 * of them
 */
export function readRunFields(fields: ParameterReader): JsonRecord {
	const webhookId = fields.optionalId(webhook, WEBHOOK);
	const daemonGroup = fields.text(daemonGroupKey);
	if (webhookId !== undefined && daemonGroup !== undefined) {
		throw new ExplainedError(
			'A run has one destination, but a webhook and a daemon group are given',
			`Clear '${webhook.displayName}' or '${daemonGroupKey.displayName}'.`,
		);
	}
	const events = fields.choices(eventsToSend);
	const given = {
		webhook_id: webhookId,
		daemon_group_key: daemonGroup,
		error_handling: fields.choice(errorHandling) || undefined,
		ignore_previous_run: fields.boolean(ignorePreviousRun) || undefined,
		datastore_id: fields.text(datastoreId),
		events_to_send: events.length > 0 ? events : undefined,
		force: fields.boolean(force) || undefined,
		mutex_key: fields.text(mutexKey),
		resources: fields.json(resources),
		state_key: fields.text(stateKey),
		super_query: fields.choice(superQuery) || undefined,
	};
	return withoutUndefined(given);
}

function withoutUndefined(record: Record<string, Json | undefined>): JsonRecord {
	return Object.fromEntries(
		Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
	);
}
