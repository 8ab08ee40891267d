import { row, type Row } from './row.mts';
import { instant, type Json, type ListAnswer, type Truto } from './truto.mts';

const RUNS = '/sync-job-run';

/** D1: what the answers of lists hold. */
export function envelopeRows(lists: ListAnswer[]): Row[] {
	const good = lists.filter(({ entries }) => entries !== undefined);
	const last = good.filter(({ cursor }) => cursor === undefined);
	return [
		row(
			'D1',
			'array of a list',
			good.map(({ body }) => (Array.isArray(body.result) ? 'result' : 'results')),
			'no list could be read',
		),
		row(
			'D1',
			'next_cursor on last page',
			last.map(({ body }) => cursorForm(body)),
			'no list ended within its first page',
		),
		row(
			'D1',
			'other fields of a list',
			good.map(({ body }) => otherFields(body)),
			'no list could be read',
		),
	];
}

function cursorForm(body: Json): string {
	return 'next_cursor' in body ? JSON.stringify(body.next_cursor) : 'absent';
}

function otherFields(body: Json): string {
	const known = ['result', 'results', 'next_cursor'];
	const names = Object.keys(body).filter((name) => !known.includes(name));
	return names.length > 0 ? names.sort().join(' and ') : 'none';
}

/** D2: one page of more than 100 runs. */
export async function pageSizeRow(truto: Truto): Promise<Row> {
	const { status, entries = [], cursor, body } = await truto.list(RUNS, { limit: '150' });
	const what = 'page size over 100';
	if (status === 400 || status === 422) return row('D2', what, [`refused (${String(status)})`], '');
	if (status !== 200) return row('D2', what, [], `the list answered ${String(status)}`);
	if (entries.length > 100 || Number(body.limit) > 100) return row('D2', what, ['taken'], '');
	if (cursor !== undefined) return row('D2', what, [`capped at ${String(entries.length)}`], '');
	return row('D2', what, [], `there are only ${String(entries.length)} runs`);
}

const STATUSES = ['completed', 'failed', 'stopped', 'running', 'created', 'rate_limited'];

/** D3: a filter by two statuses, which the newest run must not pass. */
export async function statusRow(truto: Truto, runs: Json[]): Promise<Row> {
	const what = 'status[in]=a,b';
	const newest = runs[0]?.status;
	if (newest === undefined) return row('D3', what, [], 'there are no runs');
	const seen = new Set(runs.map(({ status }) => status));
	const others = STATUSES.filter((status) => status !== newest);
	// Those that occur come first: then there is something to find.
	const wanted = others.sort((a, b) => Number(seen.has(b)) - Number(seen.has(a))).slice(0, 2);
	const answer = await truto.list(RUNS, {
		'status[in]': wanted.join(),
		sort: '-created_at',
		limit: '25',
	});
	const passes = (run: Json) => wanted.includes(String(run.status));
	return filterRow(what, answer, passes, seen.has(wanted[0]));
}

/** D3: a filter by time, which the older half of the runs must not pass. */
export async function createdAtRow(truto: Truto, runs: Json[]): Promise<Row> {
	const what = 'created_at[gt]';
	const times = runs.map(({ created_at }) => instant(created_at)).filter((time) => time > 0);
	const [newest, oldest] = [Math.max(...times), Math.min(...times)];
	if (!(newest - oldest > 2_000)) {
		return row('D3', what, [], 'there are no two runs of different times');
	}
	const border = Math.floor((newest + oldest) / 2_000) * 1_000;
	const answer = await truto.list(RUNS, {
		'created_at[gt]': new Date(border).toISOString(),
		sort: 'created_at',
		limit: '25',
	});
	return filterRow(what, answer, (run) => instant(run.created_at) >= border, true);
}

function filterRow(
	what: string,
	{ status, entries }: ListAnswer,
	passes: (run: Json) => boolean,
	isSomethingThere: boolean,
): Row {
	if (status === 400 || status === 422) return row('D3', what, [`refused (${String(status)})`], '');
	if (!entries) return row('D3', what, [], `the list answered ${String(status)}`);
	if (!entries.every(passes)) return row('D3', what, ['ignored'], '');
	// Nothing if there is something: the filter is taken for another one.
	const isMissed = entries.length === 0 && isSomethingThere;
	return row('D3', what, [isMissed ? 'finds nothing' : 'works'], '');
}
