import { createdAtRow, envelopeRows, pageSizeRow, statusRow } from './conformance/lists.mts';
import { logRows, readEntries, retriesRow } from './conformance/logs.mts';
import { row, type Row } from './conformance/row.mts';
import {
	accountRow,
	createdTogetherRow,
	environmentRows,
	statsRows,
	syncJobRows,
	timesRow,
} from './conformance/runs.mts';
import { isObject, Truto, type Json } from './conformance/truto.mts';

export { reportText, type Row } from './conformance/row.mts';
export { MOST_REQUESTS } from './conformance/truto.mts';

const DELIVERY = 'only a delivery to a Truto Trigger shows it';

/** Short lists, one of which is likely to end on its first page, by what they hold. */
const OTHER_LISTS = { jobs: '/sync-job', accounts: '/integrated-account', webhooks: '/webhook' };

/** What the report found, and what it took. */
export interface Conformance {
	rows: Row[];
	requests: number;
}

/**
 * Finds out which form of each doubt (docs/truto.md) a Truto shows. It only reads: nothing is created,
 * changed or deleted. What it gives holds no id, name or other data of a customer.
 *
 * @param baseUrl such as `https://api.truto.one`
 * @returns rows in the order of the doubts, and the number of requests, 25 at the most
 * @throws if Truto can't be reached, does not accept the token, or gives no list of runs
 */
export async function examine(baseUrl: string, token: string): Promise<Conformance> {
	const truto = new Truto(baseUrl, token);
	const first = await truto.list('/sync-job-run', { limit: '100', sort: '-created_at' });
	const runs = first.entries;
	if (!runs) {
		throw new Error(
			`${baseUrl} answered ${String(first.status)} without a list of sync job runs. Is this Truto's API, and may the token read sync job runs?`,
		);
	}
	const lists = [first];
	const others: Record<string, Json[]> = {};
	for (const [name, path] of Object.entries(OTHER_LISTS)) {
		const list = await truto.list(path, { limit: '100' });
		lists.push(list);
		others[name] = list.entries ?? [];
	}
	const single = await readOne(truto, runs);
	const entries = await readEntries(truto, runs);
	const rows = [
		...envelopeRows(lists),
		await pageSizeRow(truto),
		await statusRow(truto, runs),
		await createdAtRow(truto, runs),
		timesRow([...runs, ...entries]),
		row('D5', 'DELETE of a run', [], 'the report deletes nothing'),
		...statsRows(runs),
		accountRow(runs),
		...logRows(entries),
		row('D9', 'name of the event', [], DELIVERY),
		row('D10', 'form deliveries', [], DELIVERY),
		row('D11', 'signature', [], DELIVERY),
		...syncJobRows(runs, single),
		row('D13', 'days of a cron step', [], 'only the times at which Truto runs a schedule show it'),
		retriesRow(entries),
		row('D15', 'target_url of a webhook', [], 'only a webhook that was just created shows it'),
		row('D16', 'when a run is listed', [], 'only runs that are watched from their start show it'),
		createdTogetherRow(runs),
		row('D17', 'answer to a change', [], 'the report changes nothing'),
		...environmentRows(runs, single, others),
	];
	return { rows, requests: truto.requests };
}

/** As {@link examine}, the rows alone. */
export async function conformance(baseUrl: string, token: string): Promise<Row[]> {
	return (await examine(baseUrl, token)).rows;
}

async function readOne(truto: Truto, runs: Json[]): Promise<Json | undefined> {
	// One with a label tells more.
	const labelled = runs.find(({ sync_job: job }) => isObject(job) && 'label' in job);
	const { id } = labelled ?? runs[0] ?? {};
	if (typeof id !== 'string') return undefined;
	const { status, body } = await truto.get(`/sync-job-run/${encodeURIComponent(id)}`);
	return status === 200 ? body : undefined;
}
