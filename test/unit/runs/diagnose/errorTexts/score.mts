import type { JsonRecord } from '../../../../../lib/json';
import { readLogEntry } from '../../../../../lib/logs/logEntry';
import { causeOf } from '../../../../../lib/runs/diagnose/causeOf';
import type { RealError } from './realError.mts';

/** One way in which a log shows an error, and the cause that it should have. */
export interface Logged {
	name: string;
	entry: JsonRecord;
	cause: string;
}

/** Truto's docs don't show how an app's error is logged: as an error body, in a text, or alone. */
export function loggedForms({ api, status, body, cause, alone = cause }: RealError): Logged[] {
	const name = (form: string) => `${api} ${String(status)} ${form}: ${body.slice(0, 100)}`;
	const bare = { name: name('alone'), entry: { logs: [{ message: body }] }, cause: alone };
	if (status === null) return [bare];
	const error = {
		statusCode: status,
		message: '',
		truto_is_remote_error: true,
		raw_response: body,
	};
	return [
		bare,
		{ name: name('as a body'), entry: { logs: [{ level: 'error', message: '', error }] }, cause },
		{
			name: name('in a text'),
			entry: { message: `Request to the integration failed with status ${status}: ${body}` },
			cause,
		},
	];
}

export const found = ({ entry }: Logged): string => causeOf(readLogEntry(entry)) ?? 'unknown';
