import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { TrutoClient } from '../transport/client';
import { asSent, fetchPage } from '../api/lists';
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
} from '../truto/kinds';
import { SAFE_PAGE } from '../truto/limits';
import { readRun, type Run } from '../truto/run';
import { readSchedule, type Schedule } from '../truto/schedule';
import { isRunStatus } from '../truto/statuses';
import { readSyncJob, syncJobName, type SyncJob } from '../truto/syncJob';
import {
	accountText,
	datastoreText,
	runText,
	scheduleText,
	syncJobText,
	tenantText,
	webhookText,
	type Names,
} from './labels';
import { searchPages, searchResult, type ListSearch, type SearchList } from './search';

/** Latest first. Truto itself filters by status. */
const SYNC_JOB_RUNS: SearchList<Run> = {
	kind: SYNC_JOB_RUN,
	query: (wanted) => ({
		sort: '-created_at',
		...(isRunStatus(wanted) ? { status: wanted } : {}),
	}),
	read: readRun,
	namer: (client) => {
		const jobs = once(async () => await namesOf(client, SYNC_JOBS, syncJobText));
		return async (run) => runText(run, syncJobName(run) === null ? await jobs() : NO_NAMES);
	},
};

const SYNC_JOBS: SearchList<SyncJob> = {
	kind: SYNC_JOB,
	query: () => ({}),
	read: readSyncJob,
	namer: () => syncJobText,
};

const SCHEDULES: SearchList<Schedule> = {
	kind: SCHEDULE,
	query: () => ({}),
	read: readSchedule,
	namer: (client) => {
		const jobs = namesOf(client, SYNC_JOBS, syncJobText);
		const tenants = namesOf(client, accountList(), tenantText);
		return async (schedule) => scheduleText(schedule, await jobs, await tenants);
	},
};

/** There are few of them, because a plan limits how many an environment may have. */
export const WEBHOOKS: SearchList<JsonRecord> = {
	kind: WEBHOOK,
	query: () => ({}),
	read: asSent,
	namer: () => webhookText,
	isFirst: (webhook) => webhook.is_active !== false,
};

/** An environment has few of them, too. */
export const DATASTORES: SearchList<JsonRecord> = {
	kind: DATASTORE,
	query: () => ({}),
	read: asSent,
	namer: () => datastoreText,
};

/** @param integration only accounts of this integration, by Truto's name for it */
export function accountList(integration?: string): SearchList<Account> {
	return {
		kind: INTEGRATED_ACCOUNT,
		query: () => (integration === undefined ? {} : { 'integration.name': integration }),
		read: readAccount,
		namer: () => accountText,
		matches: ({ integrationName: name }) =>
			integration === undefined || name === null || name === integration,
	};
}

const NO_NAMES: Names = new Map();

/** The names of the first hundred things of a kind; none if the token may not read them. */
async function namesOf<Thing extends { id: string | null }>(
	client: TrutoClient,
	{ kind, read }: SearchList<Thing>,
	text: (thing: Thing) => string,
): Promise<Names> {
	try {
		const { entries } = await fetchPage(client, {
			path: `/${kind.collection}`,
			query: {},
			size: SAFE_PAGE,
			about: `the ${kind.plural}`,
		});
		const things = entries.map(read);
		return new Map(things.flatMap((thing) => (thing.id ? [[thing.id, text(thing)]] : [])));
	} catch {
		return NO_NAMES;
	}
}

/** Asks when the answer is needed for the first time, and never again. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
	let asked: Promise<T> | undefined;
	return async () => await (asked ??= ask());
}

/** @returns an n8n list search method: one that also pages as the user scrolls */
function searchIn<Thing>(list: SearchList<Thing>): ListSearch {
	return async function (filter, paginationToken) {
		const start = textOrNull(paginationToken) ?? undefined;
		try {
			const client = await clientFor(this, EDITOR);
			const found = await searchPages(client, list, filter, start);
			return searchResult(list.kind, found, filter, start === undefined);
		} catch (error) {
			throw toNodeError(error, this.getNode());
		}
	};
}

export const searchSyncJobRuns = searchIn(SYNC_JOB_RUNS);
export const searchSyncJobs = searchIn(SYNC_JOBS);
export const searchSchedules = searchIn(SCHEDULES);
export const searchWebhooks = searchIn(WEBHOOKS);
export const searchDatastores = searchIn(DATASTORES);

const searchAllAccounts = searchIn(accountList());

/**
 * For operations that run a sync job: only the accounts of its integration, or all accounts if it has
 * none or nothing is found among them.
 */
export const searchIntegratedAccounts: ListSearch = async function (filter, paginationToken) {
	const [scope, cursor] = readToken(paginationToken);
	if (scope !== 'all') {
		const narrowed = await searchAccountsOfJob(this, filter, cursor);
		if (narrowed) return narrowed;
	}
	const all = await searchAllAccounts.call(this, filter, cursor);
	const next = all.paginationToken as string | undefined;
	return { ...all, paginationToken: next === undefined ? undefined : `all:${next}` };
};

/** A token says which list comes next. */
function readToken(token: unknown): [scope: 'all' | 'job', cursor?: string] {
	const text = textOrNull(token);
	if (text === null) return ['job'];
	return text.startsWith('all:') ? ['all', text.slice(4)] : ['job', text];
}

async function searchAccountsOfJob(
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

/** Operations that take a sync job and its account, beside all of a sync job's state. */
const SYNCING = ['start', 'create'];

async function integrationOfChosenJob(
	n8n: ILoadOptionsFunctions,
	client: TrutoClient,
): Promise<string | undefined> {
	const isOfState = n8n.getCurrentNodeParameter('resource') === 'syncJobState';
	const operation = String(n8n.getCurrentNodeParameter('operation'));
	if (!isOfState && !SYNCING.includes(operation)) return undefined;
	const id = readOptionalId(n8n.getCurrentNodeParameter(syncJobProperty.name), SYNC_JOB);
	if (id === undefined) return undefined;
	return (await fetchSyncJob(client, id)).integrationName ?? undefined;
}
