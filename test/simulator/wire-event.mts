import { createHmac } from 'node:crypto';

import type { Dialect } from './dialect.mts';
import { isRun, spokenRun } from './wire-run.mts';
import { spokenTimes } from './wire-times.mts';

/** An event on its way to a webhook, in the words of the default dialect. */
export interface EventEnvelope {
	id: string;
	event: string;
	payload: unknown;
	environment_id: string;
	webhook_id: string;
	created_at: string;
}

/** A delivery as it goes over the wire. */
export interface SpokenDelivery {
	/** The raw body. */
	body: string;
	contentType: string;
	/** What the signature is made over. */
	signed: string;
}

/** A payload as the dialect shows it, the run of a run's event among them. */
export function spokenPayload(payload: unknown, dialect: Dialect): unknown {
	if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload;
	return isRun(payload) ? spokenRun(payload, 'event', dialect) : spokenTimes(payload, dialect);
}

/** D9, D10: the body of a delivery. */
export function spokenDelivery(envelope: EventEnvelope, dialect: Dialect): SpokenDelivery {
	const { id, event, ...rest } = envelope;
	const fields = { id, [dialect.eventName]: event, ...rest };
	const json = JSON.stringify(fields);
	if (dialect.deliveryBody === 'json') {
		return { body: json, contentType: 'application/json', signed: json };
	}
	// JSON leaves out what is undefined, and a form is to hold the same fields.
	const texts = Object.entries(JSON.parse(json) as Record<string, unknown>).map(
		([name, value]): [string, string] => [
			name,
			typeof value === 'string' ? value : JSON.stringify(value),
		],
	);
	const form = dialect.deliveryBody === 'form' ? multipart(texts, id) : urlencoded(texts);
	return { ...form, signed: dialect.formSignature === 'json' ? json : form.body };
}

function multipart(texts: [string, string][], id: string): Omit<SpokenDelivery, 'signed'> {
	const boundary = `----truto-${id.replace(/[^\w-]/g, '')}`;
	const parts = texts.map(
		([name, text]) =>
			`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`,
	);
	return {
		body: `${parts.join('')}--${boundary}--\r\n`,
		contentType: `multipart/form-data; boundary=${boundary}`,
	};
}

function urlencoded(texts: [string, string][]): Omit<SpokenDelivery, 'signed'> {
	return {
		body: new URLSearchParams(texts).toString(),
		contentType: 'application/x-www-form-urlencoded',
	};
}

/** D11: the header's value for what is signed. */
export function spokenSignature(
	signed: string,
	secret: string,
	{ signature }: Pick<Dialect, 'signature'>,
): string {
	const digest = createHmac('sha256', secret).update(signed).digest();
	switch (signature) {
		case 'hex':
			return `format=sha256,v=${digest.toString('hex')}`;
		case 'HEX':
			return `format=sha256,v=${digest.toString('hex').toUpperCase()}`;
		case 'base64':
			return `format=sha256,v=${digest.toString('base64')}`;
		case 'no-format':
			return `v=${digest.toString('hex')}`;
		case 'no-format-base64':
			return `v=${digest.toString('base64')}`;
	}
}
