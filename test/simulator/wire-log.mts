import type { Dialect } from './dialect.mts';
import { spokenTimes } from './wire-times.mts';
import { without } from './without.mts';

/** An entry of any log. The first two fields, and `sync_job_run_event`, are not served. */
interface Entry {
	id: string;
	environment_id: string;
	timestamp: string;
	[field: string]: unknown;
}

/** D8: a log entry as the dialect shows it, without its empty fields. */
export function spokenLog(entry: Entry, dialect: Dialect): object {
	const { id, timestamp, ...rest } = without(entry, 'environment_id', 'sync_job_run_event');
	const fields = Object.fromEntries(
		Object.entries({ ...rest, logs: spokenTexts(rest.logs, dialect) }).filter(
			([, value]) => !isEmpty(value),
		),
	);
	const shown =
		dialect.logEntries === 'flat'
			? { timestamp, ...fields }
			: { _id: id, timestamp, metadata: fields };
	return spokenTimes(shown, dialect);
}

function isEmpty(value: unknown): boolean {
	return (
		value === undefined ||
		value === null ||
		value === '' ||
		(Array.isArray(value) && value.length === 0)
	);
}

function spokenTexts(logs: unknown, { logTexts }: Dialect): unknown {
	if (!Array.isArray(logs) || logs.length === 0 || logTexts === 'either') return logs;
	switch (logTexts) {
		case 'texts':
			return logs.map(asText);
		case 'objects':
			return logs.map((log: unknown) =>
				typeof log === 'string' ? { level: 'error', message: log } : log,
			);
		case 'one-text':
			return logs.map(asText).join('\n');
		case 'json-text':
			return JSON.stringify(logs);
	}
}

function asText(log: unknown): string {
	if (typeof log !== 'object' || log === null) return String(log);
	const { message, error } = log as Record<string, unknown>;
	return [message, error === undefined ? undefined : JSON.stringify(error)]
		.filter((part) => typeof part === 'string' && part !== '')
		.join(' ');
}
