import { TRUTO_ADDRESS } from '../address';
import { ExplainedError } from '../explainedError';
import { limiterFor } from '../limiter/registry';
import type { RateLimiter } from '../limiter/rateLimiter';
import { maskFor } from './secret';

/** What a client needs of a credential. */
export interface Access {
	/** Without a slash at its end. */
	baseUrl: string;
	/** Shared by all who use the same token at the same address. */
	limiter: RateLimiter;
	/** Masks the token in a text. */
	mask(text: string): string;
}

/**
 * Prepares access to Truto from a credential's decrypted data.
 *
 * @throws {ExplainedError} if there is no token, or the Base URL isn't an address
 */
export function openAccess({ apiToken, baseUrl }: Record<string, unknown>): Access {
	const token = cleanToken(apiToken);
	// Hardly any request needs it, and it takes longer than all else here.
	let made: ((text: string) => string) | undefined;
	const mask = (text: string) => (made ??= maskFor(token))(text);
	if (token === '') {
		throw new ExplainedError(
			'The Truto credential has no API token',
			'Create an API token in Truto and enter it in the credential.',
		);
	}
	const address = cleanBaseUrl(baseUrl);
	if (address === undefined) {
		throw new ExplainedError(
			`The Base URL of the Truto credential is not a web address: ${mask(String(baseUrl ?? ''))}`,
			`Set it to ${TRUTO_ADDRESS}, or to the address you were given.`,
		);
	}
	return { baseUrl: address, limiter: limiterFor(address, token), mask };
}

/** The token as it is sent, without white space or a `Bearer` that was pasted along with it. */
export function cleanToken(apiToken: unknown): string {
	return String(apiToken ?? '')
		.trim()
		.replace(/^bearer(\s+|$)/i, '');
}

/**
 * The Base URL without slashes at its end; undefined if it isn't an http(s) address of just a host and a
 * path.
 */
function cleanBaseUrl(baseUrl: unknown): string | undefined {
	const text = String(baseUrl ?? '')
		.trim()
		.replace(/\/+$/, '');
	return /^https?:\/\/[^/?#\s]+[^?#\s]*$/i.test(text) && URL.canParse(text) ? text : undefined;
}
