import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { TrutoClient } from '../transport/client';
import { fetchPage } from '../api/lists';
import { fetchSyncJob } from '../api/syncJobs';
import { isJsonRecord, textOrNull, type JsonRecord } from '../json';
import { clientFor, EDITOR } from '../n8n/clients';
import { toNodeError } from '../n8n/nodeError';
import { syncJobProperty } from '../parameters/locators';
import { readOptionalId } from '../parameters/readId';
import { runLabel } from '../runs/runContext';
import {
	INTEGRATED_ACCOUNT,
	SCHEDULE,
	SYNC_JOB,
	SYNC_JOB_RUN,
	WEBHOOK,
	type Kind,
} from '../truto/kinds';
import { SMALLEST_LARGE_PAGE } from '../truto/limits';
import { isRunStatus } from '../truto/statuses';
import {
	accountText,
	runText,
	scheduleText,
	syncJobText,
	tenantText,
	webhookText,
	type Names,
} from './labels';
import { searchPages, searchResult, type ListSearch, type SearchList } from './search';

/** Latest first. Truto itself filters by status. */
const SYNC_JOB_RUNS: SearchList = {
	kind: SYNC_JOB_RUN,
	query: (wanted) => ({
		sort: '-created_at',
		...(isRunStatus(wanted) ? { status: wanted } : {}),
	}),
	texts: async (client, runs) => {
		const areAllNamed = runs.every((run) => runLabel(run) !== null);
		const jobs = areAllNamed ? new Map() : await namesOf(client, SYNC_JOB, syncJobText);
		return runs.map((run) => runText(run, jobs));
	},
};

const SYNC_JOBS: SearchList = {
	kind: SYNC_JOB,
	query: () => ({}),
	texts: (_, jobs) => jobs.map(syncJobText),
};

const SCHEDULES: SearchList = {
	kind: SCHEDULE,
	query: () => ({}),
	texts: async (client, schedules) => {
		const [jobs, tenants] = await Promise.all([
			namesOf(client, SYNC_JOB, syncJobText),
			namesOf(client, INTEGRATED_ACCOUNT, tenantText),
		]);
		return schedules.map((schedule) => scheduleText(schedule, jobs, tenants));
	},
};

/** There are few of them, because a plan limits how many an environment may have. */
export const WEBHOOKS: SearchList = {
	kind: WEBHOOK,
	query: () => ({}),
	texts: (_, webhooks) => webhooks.map(webhookText),
	isFirst: (webhook) => webhook.is_active !== false,
};

/** @param integration only accounts of this integration, by Truto's name for it */
export function accountList(integration?: string): SearchList {
	return {
		kind: INTEGRATED_ACCOUNT,
		query: () => (integration === undefined ? {} : { 'integration.name': integration }),
		texts: (_, accounts) => accounts.map(accountText),
		matches: (account) => {
			const { name } = isJsonRecord(account.integration) ? account.integration : {};
			return integration === undefined || typeof name !== 'string' || name === integration;
		},
	};
}

/** The names of the first hundred things of a kind; none if the token may not read them. */
async function namesOf(
	client: TrutoClient,
	{ collection, plural }: Kind,
	text: (entry: JsonRecord) => string,
): Promise<Names> {
	const page = { path: `/${collection}`, query: {}, size: SMALLEST_LARGE_PAGE };
	try {
		const { entries } = await fetchPage(client, { ...page, about: `the ${plural}` });
		return new Map(entries.map((entry) => [String(entry.id), text(entry)]));
	} catch {
		return new Map();
	}
}

/** @returns an n8n list search method: one that also pages as the user scrolls */
function searchIn(list: SearchList): ListSearch {
	return async function (filter, paginationToken) {
		const start = textOrNull(paginationToken) ?? undefined;
		try {
			const client = await clientFor(this, EDITOR);
			const found = await searchPages(client, list, filter, start);
			return searchResult(list, found, filter, start === undefined);
		} catch (error) {
			throw toNodeError(error, this.getNode());
		}
	};
}

export const searchSyncJobRuns = searchIn(SYNC_JOB_RUNS);
export const searchSyncJobs = searchIn(SYNC_JOBS);
export const searchSchedules = searchIn(SCHEDULES);
export const searchWebhooks = searchIn(WEBHOOKS);

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

/** Operations that take a sync job and the account that it is to sync. */
const SYNCING = ['start', 'create'];

async function integrationOfChosenJob(
	n8n: ILoadOptionsFunctions,
	client: TrutoClient,
): Promise<string | undefined> {
	if (!SYNCING.includes(String(n8n.getCurrentNodeParameter('operation')))) return undefined;
	const id = readOptionalId(n8n.getCurrentNodeParameter(syncJobProperty.name), SYNC_JOB);
	if (id === undefined) return undefined;
	return textOrNull((await fetchSyncJob(client, id)).integration_name) || undefined;
}
