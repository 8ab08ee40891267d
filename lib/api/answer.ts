import { isJsonRecord, type Json } from '../json';

/** What came back over HTTP, as n8n's request helper gives it. */
export interface HttpAnswer {
	statusCode: number;
	headers: Record<string, unknown>;
	/** Parsed JSON, or the text where the body is not JSON. */
	body: unknown;
}

/** Why a request brought no usable answer. */
export type Failure =
	| {
			kind: 'status';
			status: number;
			/** Truto's own words, `''` where it sent none. */
			said: string;
			/** The third-party app failed, not Truto. */
			remote: boolean;
			/** How long Truto asks to wait, in milliseconds; undefined where it does not say. */
			retryAfterMs?: number;
			/** Where a redirect points to. */
			location?: string;
	  }
	| {
			kind: 'body';
			/** What stands in the place of the JSON, `''` where the body is empty. */
			found: string;
			/** It began as JSON or was announced as JSON, so it did not arrive whole. */
			cut: boolean;
	  }
	| { kind: 'network'; code: string; said: string };

export type Outcome = { ok: true; body: Json } | { ok: false; failure: Failure };

/**
 * Tells a usable answer, a JSON object or array or the null of a 204, from a failure.
 *
 * @param now milliseconds since 1970, for a `Retry-After` that is a date
 */
export function readAnswer(answer: HttpAnswer, now: number): Outcome {
	const { statusCode: status, body } = answer;
	if (status === 204) return { ok: true, body: null };
	if (status >= 200 && status < 300) {
		if (typeof body === 'object' && body !== null && !isBuffer(body)) {
			return { ok: true, body: body as Json };
		}
		const text = String(body ?? '').trim();
		const cut =
			text === '' || /^[[{]/.test(text) || /json/i.test(String(answer.headers['content-type']));
		return { ok: false, failure: { kind: 'body', found: excerpt(withoutTags(text)), cut } };
	}
	const location = answer.headers.location;
	return {
		ok: false,
		failure: {
			kind: 'status',
			status,
			said: saidBy(body),
			remote: isJsonRecord(body) && body.truto_is_remote_error === true,
			retryAfterMs: retryAfterMs(answer.headers['retry-after'], now),
			...(typeof location === 'string' ? { location } : {}),
		},
	};
}

/** Truto's own words in an error body: `message`, else `raw_response`, else the text itself. */
function saidBy(body: unknown): string {
	if (!isJsonRecord(body)) return typeof body === 'string' ? excerpt(withoutTags(body)) : '';
	const { message, raw_response: raw, error } = body;
	if (typeof message === 'string' && message.trim() !== '') return excerpt(message);
	if (Array.isArray(message) && message.length > 0) return excerpt(message.join('; '));
	if (typeof raw === 'string' && raw.trim() !== '') return excerpt(withoutTags(raw));
	if (raw !== undefined && raw !== null && raw !== '') return excerpt(JSON.stringify(raw));
	return typeof error === 'string' ? excerpt(error) : '';
}

/** `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3), in milliseconds from now. */
function retryAfterMs(header: unknown, now: number): number | undefined {
	if (typeof header !== 'string' || header.trim() === '') return undefined;
	const seconds = Number(header);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	// Date.parse finds a date in much that is none: `10, 10` would be one in the year 2001.
	const date = /\d:\d\d:\d\d/.test(header) ? Date.parse(header) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function withoutTags(text: string): string {
	return text
		.slice(0, LONGEST_TO_READ)
		.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

const EXCERPT_LENGTH = 300;

/** A cut answer of many megabytes must not keep n8n busy for the sake of its first words. */
const LONGEST_TO_READ = 20_000;

function excerpt(text: string): string {
	return text.length > EXCERPT_LENGTH ? `${text.slice(0, EXCERPT_LENGTH)}…` : text;
}

function isBuffer(body: object): boolean {
	return ArrayBuffer.isView(body) || 'pipe' in body;
}
