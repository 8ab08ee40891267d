import { row, type Row } from './row.mts';
import { instant, isObject, type Json, type Truto } from './truto.mts';

/** Runs whose logs are read: those of a failed one say most. */
const MOST_RUNS = 6;

const MARGIN_MS = 5 * 60_000;

/** Log entries of a few runs, failed ones first. */
export async function readEntries(truto: Truto, runs: Json[]): Promise<Json[]> {
	const ended = runs.filter(({ finished_at }) => !Number.isNaN(instant(finished_at)));
	const failedFirst = [
		...ended.filter(({ status }) => status === 'failed'),
		...ended.filter(({ status }) => status !== 'failed'),
	];
	const entries: Json[] = [];
	for (const run of failedFirst.slice(0, MOST_RUNS)) {
		const from = instant(run.created_at) - MARGIN_MS;
		const to = instant(run.finished_at) + MARGIN_MS;
		const answer = await truto.list('/log', {
			log_type: 'rapid_bridge',
			'log_type_filter[sync_job_run_id]': String(run.id),
			'created_at[gt]': new Date(from).toISOString(),
			'created_at[lt]': new Date(to).toISOString(),
			limit: '100',
		});
		entries.push(...(answer.entries ?? []));
	}
	return entries;
}

/** D8: the forms of log entries. */
export function logRows(entries: Json[]): Row[] {
	return [
		row(
			'D8',
			'fields of a log entry',
			entries.map((entry) => (isObject(entry.metadata) ? 'in metadata' : 'at the top')),
			'the runs that were looked at have no log entries',
		),
		row(
			'D8',
			'logs of a log entry',
			entries
				.flatMap((entry) => {
					const { logs } = isObject(entry.metadata) ? entry.metadata : entry;
					return logs === undefined ? [] : [logsForm(logs)];
				})
				.sort(),
			'no log entry has logs',
		),
	];
}

/** D14: what is logged of a request that Truto tried again. */
export function retriesRow(entries: Json[]): Row {
	const flat = entries.map((entry) => (isObject(entry.metadata) ? entry.metadata : entry));
	const forms = flat.flatMap((entry) => {
		const { retry_count: count, retry_after: after } = entry;
		return [
			...(Number(count ?? 0) > 0 ? ['an entry with retry_count'] : []),
			...((after ?? '') === '' ? [] : ['an entry with retry_after']),
			...(errorsOf(entry).some(isEmpty) ? ['an empty error in an entry that worked'] : []),
			...(workedLater(entry, flat) ? ['a 429, 502 or 504, then the same worked'] : []),
		];
	});
	return row('D14', 'retries in the logs', forms.sort(), 'no log entry tells of a retry');
}

function errorsOf(entry: Json): Json[] {
	const lines = linesOf(entry).map((line) => (isObject(line) ? line.error : undefined));
	return [entry.error, ...lines].filter(isObject);
}

function isEmpty(error: Json): boolean {
	return Object.keys(error).length === 0;
}

/** Whether an entry has one of the statuses after which Truto tries again, and that worked. */
function workedLater(entry: Json, others: Json[]): boolean {
	const isRetried = errorsOf(entry).some(({ statusCode }) =>
		[429, 502, 504].includes(Number(statusCode)),
	);
	const subject = ({ sync_job_run_id: run, resource, method }: Json) =>
		JSON.stringify([run, resource, method]);
	return (
		isRetried &&
		others.some(
			(other) =>
				other.status !== 'error' &&
				subject(other) === subject(entry) &&
				instant(other.timestamp) > instant(entry.timestamp),
		)
	);
}

function linesOf({ logs }: Json): unknown[] {
	if (typeof logs !== 'string') return Array.isArray(logs) ? logs : [];
	try {
		const parsed: unknown = JSON.parse(logs);
		return Array.isArray(parsed) ? parsed : [];
	} catch {
		return [];
	}
}

function logsForm(logs: unknown): string {
	if (typeof logs === 'string') return /^\s*\[/.test(logs) ? 'a JSON text' : 'one text';
	if (!Array.isArray(logs)) return `a ${typeof logs}`;
	const kinds = new Set(logs.map((line) => (isObject(line) ? 'objects' : 'texts')));
	return `a list of ${[...kinds].sort().join(' and ')}`;
}
