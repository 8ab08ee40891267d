import { isJsonRecord, type Json, type JsonRecord } from '../json';
import { cutText, plainText } from '../text';
import type { Failure } from './failure';

/** What came back over HTTP, as n8n's request helper gives it. */
export interface HttpAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	/** Parsed JSON, or the text if the body isn't JSON. */
	body: unknown;
}

/** What came of one try. */
export type Outcome = { ok: true; body: Json } | { ok: false; failure: Failure };

const LONGEST_QUOTE = 300;

/**
 * Tells a usable answer from a failure.
 *
 * @param needsBody false if the status says enough, as for a DELETE: a body that isn't JSON is then null
 * @param now milliseconds since 1970, for a `Retry-After` that is a date
 */
export function readAnswer(answer: HttpAnswer, needsBody: boolean, now: number): Outcome {
	const { statusCode: status, body } = answer;
	if (status === 204) return { ok: true, body: null };
	if (status >= 200 && status < 300) return readSuccess(answer, needsBody);
	const location = answer.headers.location;
	return {
		ok: false,
		failure: {
			kind: 'status',
			status,
			said: wordsOf(body),
			remote: isJsonRecord(body) && body.truto_is_remote_error === true,
			isTrutos: isJsonRecord(body) && body.statusCode === status,
			retryAfterMs: retryAfterMs(answer.headers['retry-after'], now),
			...(typeof location === 'string' ? { location } : {}),
		},
	};
}

/**
 * A change that Truto says it hasn't made, although the status is one of success: `{ "success": false }`.
 *
 * @param outcome of a request that changes something
 */
export function unlessDenied(outcome: Outcome, status: number): Outcome {
	if (!outcome.ok || !isJsonRecord(outcome.body) || outcome.body.success !== false) return outcome;
	const said = wordsOf(outcome.body);
	return { ok: false, failure: { kind: 'status', status, said, remote: false, isTrutos: true } };
}

function readSuccess({ headers, body }: HttpAnswer, needsBody: boolean): Outcome {
	if (typeof body === 'object' && body !== null && !isBinary(body)) {
		return { ok: true, body: body as Json };
	}
	const text = typeof body === 'string' ? body.trim() : '';
	if (!needsBody) return { ok: true, body: null };
	const isCut = text === '' || /^[[{]/.test(text) || /json/i.test(String(headers['content-type']));
	const found = cutText(plainText(text), LONGEST_QUOTE);
	return { ok: false, failure: { kind: 'body', found, cut: isCut } };
}

/** An error body's own words: `message`, else `raw_response`, else `error`, else the text itself. */
function wordsOf(body: unknown): string {
	if (Array.isArray(body)) return cutText(JSON.stringify(body), LONGEST_QUOTE);
	if (!isJsonRecord(body))
		return typeof body === 'string' ? cutText(plainText(body), LONGEST_QUOTE) : '';
	const { message, raw_response: raw, error } = body;
	const candidates = [message, raw, error].map(words);
	const said = candidates.find((text) => text !== '') ?? '';
	return cutText([said, ...failuresOf(body)].filter(Boolean).join('; '), LONGEST_QUOTE);
}

function words(value: Json | undefined): string {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') return plainText(value);
	if (Array.isArray(value)) return value.map(words).filter(Boolean).join('; ');
	return JSON.stringify(value);
}

/** What Truto says about individual fields if its validation failed (`details.failures`). */
function failuresOf({ details }: JsonRecord): string[] {
	const failures = isJsonRecord(details) ? details.failures : undefined;
	if (!Array.isArray(failures)) return [];
	return failures.map((failure) => {
		if (!isJsonRecord(failure)) return words(failure);
		const [field, reason] = [failure.field ?? failure.path ?? failure.key, failure.message];
		const name = Array.isArray(field) ? field.map(words).join('.') : words(field);
		const text = [name, words(reason)].filter(Boolean).join(': ');
		return text === '' ? JSON.stringify(failure) : text;
	});
}

/**
 * `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3), in milliseconds from now. A date that has passed
 * says nothing: this machine's clock is ahead, and without a pause the request would be refused again and again.
 */
function retryAfterMs(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	// Date.parse takes many texts for dates: `10, 10` would be a day in 2001.
	const date = /\d:\d\d:\d\d/.test(header) ? Date.parse(header) : Number.NaN;
	return date > now ? date - now : undefined;
}

/** A stream has a method `pipe`; a JSON object may have a key of that name. */
function isBinary(body: object): boolean {
	return ArrayBuffer.isView(body) || ('pipe' in body && typeof body.pipe === 'function');
}
