import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { TrutoClient } from '../transport/client';
import { asSent } from '../api/lists';
import { NameBook } from '../api/nameBook';
import { fetchSyncJob } from '../api/syncJobs';
import { textOrNull, type JsonRecord } from '../json';
import { clientFor, EDITOR } from '../n8n/clients';
import { toNodeError } from '../n8n/nodeError';
import { syncJobProperty } from '../parameters/locators';
import { readOptionalId } from '../parameters/readId';
import { readAccount, type Account } from '../truto/account';
import {
	DATASTORE,
	INTEGRATED_ACCOUNT,
	SCHEDULE,
	SYNC_JOB,
	SYNC_JOB_RUN,
	WEBHOOK,
	type Kind,
} from '../truto/kinds';
import { readSchedule, type Schedule } from '../truto/schedule';
import { readSyncJob, type SyncJob } from '../truto/syncJob';
import { accountText, datastoreText, scheduleText, syncJobText, webhookText } from './labels';
import { searchRuns } from './runs';
import {
	each,
	searchPages,
	searchResult,
	type FoundEntries,
	type ListSearch,
	type SearchList,
} from './search';

const SYNC_JOBS: SearchList<SyncJob> = {
	kind: SYNC_JOB,
	query: {},
	read: readSyncJob,
	namer: () => each(syncJobText),
};

const SCHEDULES: SearchList<Schedule> = {
	kind: SCHEDULE,
	query: {},
	read: readSchedule,
	namer: (client) => {
		const book = new NameBook(client);
		return async (schedules) => (await book.named(schedules)).map(scheduleText);
	},
};

/** There are few of them, because a plan limits how many an environment may have. */
export const WEBHOOKS: SearchList<JsonRecord> = {
	kind: WEBHOOK,
	query: {},
	read: asSent,
	namer: () => each(webhookText),
	isFirst: (webhook) => webhook.is_active !== false,
};

/** An environment has few of them, too. */
export const DATASTORES: SearchList<JsonRecord> = {
	kind: DATASTORE,
	query: {},
	read: asSent,
	namer: () => each(datastoreText),
};

/** @param integration only accounts of this integration, by Truto's name for it */
export function accountList(integration?: string): SearchList<Account> {
	return {
		kind: INTEGRATED_ACCOUNT,
		query: { 'integration.name': integration },
		read: readAccount,
		namer: () => each(accountText),
		matches: ({ integrationName: name }) =>
			integration === undefined || name === null || name === integration,
	};
}

type Search = (
	n8n: ILoadOptionsFunctions,
	client: TrutoClient,
	filter: string | undefined,
	start: string | undefined,
) => Promise<FoundEntries>;

/** @returns an n8n list search method: one that also pages as the user scrolls */
function listSearch(kind: Kind, search: Search): ListSearch {
	return async function (filter, paginationToken) {
		const start = textOrNull(paginationToken) ?? undefined;
		try {
			const client = await clientFor(this, EDITOR);
			const found = await search(this, client, filter, start);
			return searchResult(kind, found, filter, start === undefined);
		} catch (error) {
			throw toNodeError(error, this.getNode());
		}
	};
}

function searchIn<Thing>(list: SearchList<Thing>): ListSearch {
	return listSearch(
		list.kind,
		async (_, client, filter, start) => await searchPages(client, list, filter, start),
	);
}

// n8n doesn't say which time zone the workflow has here, so it may be that of n8n.
export const searchSyncJobRuns = listSearch(
	SYNC_JOB_RUN,
	async (n8n, client, filter, start) => await searchRuns(client, n8n.getTimezone(), filter, start),
);
export const searchSyncJobs = searchIn(SYNC_JOBS);
export const searchSchedules = searchIn(SCHEDULES);
export const searchWebhooks = searchIn(WEBHOOKS);
export const searchDatastores = searchIn(DATASTORES);

export const searchIntegratedAccounts = searchIn(accountList());

/** Only the accounts of the chosen sync job's integration; all if it has none or none of them matches. */
export const searchAccountsOfJob: ListSearch = async function (filter, paginationToken) {
	const [scope, cursor] = readToken(paginationToken);
	if (scope !== 'all') {
		const narrowed = await searchNarrowed(this, filter, cursor);
		if (narrowed) return narrowed;
	}
	const all = await searchIntegratedAccounts.call(this, filter, cursor);
	const next = textOrNull(all.paginationToken);
	return { ...all, paginationToken: next === null ? undefined : `all:${next}` };
};

/** A token says which list comes next. */
function readToken(token: unknown): [scope: 'all' | 'job', cursor?: string] {
	const text = textOrNull(token);
	if (text === null) return ['job'];
	return text.startsWith('all:') ? ['all', text.slice(4)] : ['job', text];
}

async function searchNarrowed(
	n8n: ILoadOptionsFunctions,
	filter: string | undefined,
	cursor: string | undefined,
) {
	try {
		const client = await clientFor(n8n, EDITOR);
		const integration = await integrationOfChosenJob(n8n, client);
		if (integration === undefined) return undefined;
		const { results, cursor: next } = await searchPages(
			client,
			accountList(integration),
			filter,
			cursor,
		);
		return results.length > 0 || cursor !== undefined
			? { results, paginationToken: next }
			: undefined;
	} catch (error) {
		// The cursor of this list means nothing to the list of all accounts.
		if (cursor !== undefined) throw toNodeError(error, n8n.getNode());
		// Whatever is wrong, the list of all accounts shows it or works without this.
		return undefined;
	}
}

async function integrationOfChosenJob(
	n8n: ILoadOptionsFunctions,
	client: TrutoClient,
): Promise<string | undefined> {
	const id = readOptionalId(n8n.getCurrentNodeParameter(syncJobProperty.name), SYNC_JOB);
	if (id === undefined) return undefined;
	return (await fetchSyncJob(client, id)).integrationName ?? undefined;
}
