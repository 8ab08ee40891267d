import { createHmac, timingSafeEqual } from 'crypto';

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
