import { createHmac, timingSafeEqual } from 'crypto';

const FORMAT = /^format=sha256,v=([0-9a-f]{64})$/i;

/**
 * Whether the header `X-Truto-Signature` was made with the webhook's secret (*Webhooks* in Truto's API
 * docs): `format=sha256,v=` and the HMAC of the body in hex. Takes the same time for every wrong one.
 *
 * @param rawBody the body as it came over the wire
 */
export function isSignedBy(secret: string, header: unknown, rawBody: Buffer): boolean {
	const [, hex] = FORMAT.exec(typeof header === 'string' ? header : '') ?? [];
	if (hex === undefined || secret === '') return false;
	return timingSafeEqual(
		Buffer.from(hex, 'hex'),
		createHmac('sha256', secret).update(rawBody).digest(),
	);
}
