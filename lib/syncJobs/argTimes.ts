import type { Json, JsonRecord } from '../json';
import type { SyncJob } from '../truto/syncJob';
import { zonedTime } from '../zonedTime';
import { argFields, type ArgFormat } from './argsSchema';

/** What n8n's date picker gives: a time that names no zone. */
const PICKED = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/**
 * Arguments with dates in the form that Truto takes: only the day for the format `date`, and a time in
 * UTC for `updated_at` (*Args Schema* in Truto's guide) and for JSON schema's `date-time`. Anything that
 * isn't a date stays as it is, so that Truto can say so.
 *
 * @param timeZone the workflow's, such as `Europe/Berlin`: used for times that name no zone
 * @returns a copy, with all arguments that were given
 */
export function datedArgs(job: SyncJob, args: JsonRecord, timeZone: string): JsonRecord {
	const formats = new Map(argFields(job).map(({ name, format }) => [name, format]));
	// fromEntries defines own properties, so an argument named `__proto__` changes no prototype.
	return Object.fromEntries(
		Object.entries(args).map(([name, value]): [string, Json] => {
			const format = formats.get(name);
			if (!isDateFormat(format)) return [name, value];
			const text = timeText(value);
			if (text === undefined) return [name, value];
			if (format === 'date') return [name, text.slice(0, 10)];
			const time = PICKED.test(text) ? zonedTime(text, timeZone) : Number.NaN;
			return [name, Number.isNaN(time) ? text : new Date(time).toISOString()];
		}),
	);
}

/** Whether an argument of this format is a date or a time. */
export function isDateFormat(format: ArgFormat | null | undefined): boolean {
	return format === 'date' || format === 'updated_at' || format === 'date-time';
}

/** A date and time as text. In JSON, the date object of an expression becomes a text. */
function timeText(value: Json): string | undefined {
	const json: unknown = JSON.parse(JSON.stringify(value) ?? 'null');
	return typeof json === 'string' && /^\d{4}-\d{2}-\d{2}T\d/.test(json) ? json : undefined;
}
