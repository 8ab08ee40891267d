import type { INodeProperties } from 'n8n-workflow';

import { TRUTO_ADDRESS } from '../address';
import {
	DATASTORE,
	INTEGRATED_ACCOUNT,
	SCHEDULE,
	SYNC_JOB,
	SYNC_JOB_RUN,
	WEBHOOK,
	withArticle,
	type Kind,
} from '../truto/kinds';
import { id } from './parameter';

type Locator = INodeProperties & { type: 'resourceLocator' };

const EXAMPLE_ID = '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64';

/** An id, with any white space that was pasted along with it. */
const ID_PATTERN = '^\\s*[^/\\\\?#\\s]{0,200}\\s*$';

const UUID_PATTERN = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/**
 * The parameter that points to one thing: from a list, by its id, or by a URL that holds the id.
 *
 * @param search the node's list search method
 */
function locator(
	kind: Kind,
	search: string,
	property: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
): Locator {
	return {
		...property,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${withArticle(kind)}…`,
				typeOptions: { searchListMethod: search, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${EXAMPLE_ID}`,
				validation: [
					{
						type: 'regex',
						properties: { regex: ID_PATTERN, errorMessage: 'An ID has no spaces and no slashes' },
					},
				],
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. ${TRUTO_ADDRESS}/${kind.collection}/${EXAMPLE_ID}`,
				validation: [
					{
						type: 'regex',
						properties: {
							regex: `(.*${UUID_PATTERN}.*)?`,
							errorMessage: `The URL does not contain the ID of ${withArticle(kind)}`,
						},
					},
				],
			},
		],
	};
}

const syncJobRunProperty = locator(SYNC_JOB_RUN, 'searchSyncJobRuns', {
	displayName: 'Sync Job Run',
	name: 'syncJobRunId',
	description: 'The sync job run: one execution of a sync job',
});

export const syncJobProperty = locator(SYNC_JOB, 'searchSyncJobs', {
	displayName: 'Sync Job',
	name: 'syncJobId',
	description: 'The sync job: what to sync from which integration',
});

const ACCOUNT = {
	displayName: 'Integrated Account',
	name: 'integratedAccountId',
	description: "The integrated account: one customer's connection to an integration",
};

export const integratedAccountProperty = locator(
	INTEGRATED_ACCOUNT,
	'searchIntegratedAccounts',
	ACCOUNT,
);

/** The account that a sync job syncs: its list begins with those of the chosen job's integration. */
export const accountOfJobProperty = locator(INTEGRATED_ACCOUNT, 'searchAccountsOfJob', ACCOUNT);

const scheduleProperty = locator(SCHEDULE, 'searchSchedules', {
	displayName: 'Schedule',
	name: 'scheduleId',
	description:
		'The schedule: when Truto starts a sync job automatically. Truto calls it a cron trigger.',
});

export const webhookProperty = locator(WEBHOOK, 'searchWebhooks', {
	displayName: 'Webhook',
	name: 'webhookId',
	description: 'The webhook of the environment',
});

export const datastoreProperty = locator(DATASTORE, 'searchDatastores', {
	displayName: 'Datastore',
	name: 'datastoreId',
	description: 'The datastore of the environment',
});

export const syncJobRun = id(syncJobRunProperty, SYNC_JOB_RUN);
export const syncJob = id(syncJobProperty, SYNC_JOB);
export const integratedAccount = id(integratedAccountProperty, INTEGRATED_ACCOUNT);
export const schedule = id(scheduleProperty, SCHEDULE);

/** The same parameter, optional, as a filter or an additional field. */
export function optional<P extends INodeProperties>(property: P) {
	return { ...property, required: false };
}
