import { createHmac, timingSafeEqual } from 'crypto';

import { eventOf, readEvent, type TrutoEvent } from '../../lib/events/event';
import { isJsonRecord, parseJson, type Json } from '../../lib/json';

/** `format=sha256,` may be missing, and the value may be hex in either letter case or base64. */
const HEADER = /^(?:format=sha256,)?v=(?:([0-9a-f]{64})|([0-9a-z+/]{43}=?))$/i;

/**
 * The signature in the header `X-Truto-Signature`.
 *
 * @returns its 32 bytes; undefined if there is none, if it is malformed, or if several were sent
 */
export function readSignature(header: unknown): Buffer | undefined {
	const [, hex, base64] = HEADER.exec(typeof header === 'string' ? header : '') ?? [];
	if (hex !== undefined) return Buffer.from(hex, 'hex');
	return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}

/**
 * Whether a signature was made with the webhook's secret (*Webhooks* in Truto's API docs): it is the
 * HMAC of the body. The comparison takes the same time for every wrong signature.
 *
 * @param signature 32 bytes
 */
export function isSignedBy(secret: string, signature: Buffer, signed: Buffer | string): boolean {
	if (secret === '') return false;
	return timingSafeEqual(signature, createHmac('sha256', secret).update(signed).digest());
}

/** What the trigger gets of a request. */
export interface ReceivedRequest {
	headers: Record<string, unknown>;
	/** As it was received. For a multipart form, n8n doesn't keep it. */
	rawBody?: Buffer;
	/** For a multipart form, n8n's `{ data, files }`. */
	body?: unknown;
}

/** One way to read a request: what its signature would cover, and the event in exactly that. */
export interface Reading {
	signed: Buffer | string;
	event(): TrutoEvent | undefined;
}

type Fields = Array<[name: string, text: string]>;

/** Truto sends forms, too. n8n only keeps the fields of a multipart form. */
export function isMultipart({ headers }: ReceivedRequest): boolean {
	return /^multipart\/form-data\b/i.test(String(headers['content-type'] ?? ''));
}

/**
 * The ways to read a request. It isn't documented what Truto's signature of a form covers: its raw body,
 * the event as JSON, or the one field that has it. Only what is signed is read as the event.
 */
export function readingsOf(request: ReceivedRequest): Reading[] {
	if (isMultipart(request)) {
		const fields = multipartFields(request.body);
		return [...multipartTexts(request, fields).map(withFields(fields)), ...jsonReadings(fields)];
	}
	const { rawBody = Buffer.alloc(0) } = request;
	if (
		!/^application\/x-www-form-urlencoded\b/i.test(String(request.headers['content-type'] ?? ''))
	) {
		return [{ signed: rawBody, event: () => readEvent(rawBody.toString()) }];
	}
	const text = rawBody.toString();
	const fields: Fields = [...new URLSearchParams(text)];
	// JSON may be sent with the type of a form.
	const event = () => readEvent(text) ?? eventInFields(fields);
	return [{ signed: rawBody, event }, ...jsonReadings(fields)];
}

const withFields =
	(fields: Fields) =>
	(signed: Buffer | string): Reading => ({
		signed,
		event: () => eventInFields(fields),
	});

/** The event in a form: its fields are those of the event, or one of them holds it as JSON. */
function eventInFields(fields: Fields): TrutoEvent | undefined {
	const values = fields.map(([name, text]): [string, Json] => [
		name,
		name === 'payload' ? (parseJson(text) ?? text) : text,
	]);
	const event = eventOf(Object.fromEntries(values));
	if (event) return event;
	return fields.map(([, text]) => readEvent(text)).find((found) => found !== undefined);
}

/** Each field as the signed JSON, and the JSON made of all fields together. */
function jsonReadings(fields: Fields): Reading[] {
	const parts = fields.map(([name, text]) => {
		const isJson = name === 'payload' && parseJson(text) !== undefined;
		return `${JSON.stringify(name)}:${isJson ? text : JSON.stringify(text)}`;
	});
	return [`{${parts.join(',')}}`, ...fields.map(([, text]) => text)].map((signed) => ({
		signed,
		event: () => readEvent(signed),
	}));
}

function multipartFields(body: unknown): Fields {
	const data = isJsonRecord(body) && isJsonRecord(body.data) ? body.data : {};
	return Object.entries(data).flatMap(([name, value]) =>
		[value].flat().map((text): [string, string] => [name, String(text)]),
	);
}

/** The multipart body made of the fields, with and without the line break at its end. */
function multipartTexts({ headers }: ReceivedRequest, fields: Fields): string[] {
	const [, quoted, plain] =
		/boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(String(headers['content-type'])) ?? [];
	const boundary = quoted ?? plain;
	if (boundary === undefined) return [];
	const parts = fields.map(
		([name, text]) =>
			`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
	);
	const text = `${parts.join('')}--${boundary}--`;
	return [`${text}\r\n`, text];
}
