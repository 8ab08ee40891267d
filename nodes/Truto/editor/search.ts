import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { fetchPage } from '../../../lib/api/lists';
import { isJsonRecord, textOrNull, type JsonRecord } from '../../../lib/json';
import { clientFor, EDITOR } from '../../../lib/n8n/clients';
import { toNodeError } from '../../../lib/n8n/nodeError';
import { SMALLEST_LARGE_PAGE } from '../../../lib/truto/limits';

/** How a list is read and shown in a drop-down. */
interface List {
	path: string;
	/** In the plural, for texts. */
	nouns: string;
	query: (filter: string) => IDataObject;
	label: (entry: JsonRecord) => string;
}

/** Truto has no text search: pages are searched here, and no more than these at a time. */
const PAGES_PER_SEARCH = 3;

/** @returns an n8n list search method: one that also pages as the user scrolls */
function searchIn(list: List) {
	return async function search(
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: unknown,
	): Promise<INodeListSearchResult> {
		const wanted = (filter ?? '').trim().toLowerCase();
		try {
			return await searchPages(this, list, wanted, textOrNull(paginationToken));
		} catch (error) {
			throw toNodeError(error, this.getNode());
		}
	};
}

async function searchPages(
	n8n: ILoadOptionsFunctions,
	list: List,
	wanted: string,
	start: string | null,
): Promise<INodeListSearchResult> {
	const client = await clientFor(n8n, EDITOR);
	const request = { path: list.path, query: list.query(wanted), about: `the ${list.nouns}` };
	const results: INodeListSearchItems[] = [];
	let cursor = start ?? undefined;
	for (let pages = 0; pages < PAGES_PER_SEARCH; pages++) {
		const page = await fetchPage(client, { ...request, size: SMALLEST_LARGE_PAGE, cursor });
		cursor = page.nextCursor ?? undefined;
		for (const entry of page.entries) {
			const item = { name: list.label(entry), value: String(entry.id) };
			if (`${item.name} ${item.value}`.toLowerCase().includes(wanted)) results.push(item);
		}
		if (cursor === undefined || (wanted === '' && results.length > 0)) break;
	}
	if (results.length === 0 && start === null) {
		return { results: [{ name: emptyText(list.nouns, wanted, cursor === undefined), value: '' }] };
	}
	return { results, paginationToken: cursor };
}

/** Why a list is empty, as its only entry: n8n itself would say nothing. */
function emptyText(nouns: string, wanted: string, sawAll: boolean): string {
	if (!sawAll) {
		return `None of the first ${PAGES_PER_SEARCH * SMALLEST_LARGE_PAGE} ${nouns} match "${wanted}": enter the ID instead`;
	}
	return wanted === ''
		? `There are no ${nouns} in the environment of this API token`
		: `No ${nouns} match "${wanted}"`;
}

const RUN_STATUSES = ['created', 'running', 'rate_limited', 'completed', 'failed', 'stopped'];

/** Latest first; shown as integration or job label, status and start. A status is searched by Truto. */
export const searchSyncJobRuns = searchIn({
	path: '/sync-job-run',
	nouns: 'sync job runs',
	query: (wanted) => ({
		sort: '-created_at',
		...(RUN_STATUSES.includes(wanted) ? { status: wanted } : {}),
	}),
	label: (run) => {
		const job = isJsonRecord(run.sync_job) ? run.sync_job : {};
		const name = textOrNull(job.label) ?? textOrNull(job.integration_name) ?? String(run.id);
		const start = textOrNull(run.started_at) ?? textOrNull(run.created_at) ?? '';
		return [name, run.status, start.slice(0, 16).replace('T', ' ')].filter(Boolean).join(' · ');
	},
});

export const searchSyncJobs = searchIn({
	path: '/sync-job',
	nouns: 'sync jobs',
	query: () => ({}),
	label: (job) =>
		[job.label, job.integration_name].filter(Boolean).map(String).join(' · ') || String(job.id),
});

export const searchIntegratedAccounts = searchIn({
	path: '/integrated-account',
	nouns: 'integrated accounts',
	query: () => ({}),
	label: (account) => {
		const integration = isJsonRecord(account.integration) ? account.integration : {};
		const name = textOrNull(integration.label) ?? textOrNull(integration.name);
		const shown = [name, account.tenant_id, account.status].filter(Boolean).map(String);
		return shown.join(' · ') || String(account.id);
	},
});

export const searchWebhooks = searchIn({
	path: '/webhook',
	nouns: 'webhooks',
	query: () => ({}),
	label: (webhook) => textOrNull(webhook.target_url) ?? String(webhook.id),
});
