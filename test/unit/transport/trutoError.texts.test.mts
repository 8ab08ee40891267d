import { describe, expect, it, test } from '@jest/globals';

import type { Failure } from '../../../lib/transport/failure';
import { ABOUT, errorOf, network, ORIGIN, status } from './failures.mts';

/** A failure, then what its message and its description have to hold. */
const TEXTS: [name: string, failure: Failure, message: string[], description: string[]][] = [
	['401', status(401), ['API token', '401'], ['expired', 'credential']],
	['403', status(403), ["isn't allowed", '403', ABOUT], ['permissions', 'environment']],
	[
		'404',
		status(404),
		['was not found in Truto', '404', ABOUT.slice(1)],
		['It may have been deleted', 'environment'],
	],
	['429', status(429), ['rate limit', '429', ABOUT], ['Requests per 10 Seconds', 'Max Retries']],
	['400', status(400), ['refused', '400', ABOUT], ['parameters']],
	['422', status(422), ['refused', '422', ABOUT], ['parameters']],
	['500', status(500), ['Truto failed', '500', ABOUT], ['Try again later']],
	['502', status(502), ['Truto failed', '502', ABOUT], ['Try again later']],
	['503', status(503), ['account is blocked', '503', ABOUT], ['Try again later', 'support']],
	['407', status(407), ['proxy', '407', ABOUT], ["n8n's proxy settings"]],
	['408', status(408), ['in time', '408', ABOUT], ['Try again later']],
	['409', status(409), ['conflict', '409', ABOUT], ['current state in Truto']],
	['504', status(504), ['Truto failed', '504', ABOUT], ['Try again later']],
	['500 of the app', status(500, { remote: true }), ['not Truto', '500', ABOUT], ['app behind it']],
	['404 of the app', status(404, { remote: true }), ['not Truto', '404', ABOUT], ['app behind it']],
	[
		'a redirect',
		status(302, { location: 'https://login.example/' }),
		[ORIGIN, 'redirects'],
		['https://login.example/', 'token was not sent there', 'Base URL'],
	],
	['a redirect to nowhere', status(301), [ORIGIN, 'redirects'], ['nowhere', 'Base URL']],
	[
		'a cut body',
		{ kind: 'body', found: '', cut: true },
		[ABOUT, 'not JSON'],
		['arrived incomplete'],
	],
	[
		'a web page',
		{ kind: 'body', found: 'Sign in', cut: false },
		[ABOUT, 'not JSON'],
		[ORIGIN, 'Base URL', 'web page', 'The body begins: Sign in'],
	],
	[
		'ENOTFOUND',
		network('ENOTFOUND'),
		[ORIGIN, 'not found'],
		['Base URL', 'name resolution', 'ENOTFOUND'],
	],
	['EAI_AGAIN', network('EAI_AGAIN'), [ORIGIN, 'not found'], ['EAI_AGAIN']],
	['ETIMEDOUT', network('ETIMEDOUT'), [ABOUT, 'in time'], ['timeout']],
	['ECONNABORTED', network('ECONNABORTED'), [ABOUT, 'in time'], ['timeout']],
	['ESOCKETTIMEDOUT', network('ESOCKETTIMEDOUT'), [ABOUT, 'in time'], ['timeout']],
	[
		'a certificate of one’s own',
		network('DEPTH_ZERO_SELF_SIGNED_CERT'),
		[ORIGIN, 'certificate'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'NODE_EXTRA_CA_CERTS'],
	],
	[
		'an old certificate',
		network('CERT_HAS_EXPIRED'),
		[ORIGIN, 'certificate'],
		['CERT_HAS_EXPIRED'],
	],
	['another host’s certificate', network('ERR_TLS_CERT_ALTNAME_INVALID'), ['certificate'], []],
	['an unknown authority', network('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), ['certificate'], []],
	['ECONNRESET', network('ECONNRESET'), [ORIGIN, 'broke', ABOUT], ['Try again', 'ECONNRESET']],
	['EPIPE', network('EPIPE'), [ORIGIN, 'broke', ABOUT], ['EPIPE']],
	[
		'ECONNREFUSED',
		network('ECONNREFUSED'),
		[ORIGIN, "can't be reached"],
		['Base URL', 'ECONNREFUSED'],
	],
	['no code', network('no error code'), [ORIGIN, "can't be reached"], ['no error code']],
];

describe('the texts of a failed request', () => {
	test.each(TEXTS)('says what happened and what to do: %s', (_, failure, message, description) => {
		const error = errorOf(failure);
		for (const text of message) expect(error.message).toContain(text);
		for (const text of description) expect(error.description).toContain(text);
	});

	it('has a message of its own for each kind', () => {
		const kinds = [
			...[302, 401, 403, 404, 422, 429, 500, 503].map((code) => status(code)),
			status(500, { remote: true }),
			...['ENOTFOUND', 'ETIMEDOUT', 'CERT_HAS_EXPIRED', 'ECONNRESET', 'ECONNREFUSED'].map(network),
		];
		const texts = [...kinds, { kind: 'body', found: '', cut: true } as const].map((failure) => {
			const { message, description } = errorOf(failure);
			return [message.replaceAll(/\d{3}/g, 'N'), description];
		});
		expect(new Set(texts.map(([message]) => message)).size).toBe(texts.length);
		expect(new Set(texts.map(([, description]) => description)).size).toBe(texts.length);
	});
});
