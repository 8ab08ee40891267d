import { describe, expect, it, test } from '@jest/globals';

import { ExplainedError } from '../../../lib/explainedError';
import type { Failure, StatusFailure } from '../../../lib/transport/failure';
import { TrutoError } from '../../../lib/transport/trutoError';

const ABOUT = 'sync job run 3f0c8a52';
const PATH = '/sync-job-run/3f0c8a52';
const ORIGIN = 'https://api.truto.one';

function status(code: number, more: Partial<StatusFailure> = {}): Failure {
	return { kind: 'status', status: code, said: '', remote: false, ...more };
}

function network(code: string): Failure {
	return { kind: 'network', code, said: 'getaddrinfo ENOTFOUND api.truto.one' };
}

function errorOf(failure: Failure, tries = 1, elapsedMs = 0, method = 'GET'): TrutoError {
	const subject = { method, about: ABOUT, path: PATH, origin: ORIGIN, hasOptions: true };
	const sent = { tries, elapsedMs, mayHaveArrived: false };
	return new TrutoError(failure, subject, sent, (text) => text);
}

/** A failure, then what its message and its description have to hold. */
const TEXTS: [name: string, failure: Failure, message: string[], description: string[]][] = [
	['401', status(401), ['API token', '401'], ['expired', 'credential']],
	['403', status(403), ["isn't allowed", '403', ABOUT], ['permissions', 'environment']],
	[
		'404',
		status(404),
		['was not found in Truto', '404', ABOUT.slice(1)],
		['Check the ID', 'environment'],
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

describe('the error of a failed request', () => {
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

	it('is one of those that people understand', () => {
		expect(errorOf(status(401))).toBeInstanceOf(ExplainedError);
		expect(errorOf(status(401))).toBeInstanceOf(Error);
	});

	test.each([
		[status(401), 401],
		[status(503), 503],
		[{ kind: 'body', found: '', cut: true } as const, undefined],
		[network('ECONNRESET'), undefined],
	])('knows the status, if there was one: %j', (failure, code) => {
		expect(errorOf(failure).status).toBe(code);
	});
});

describe('an error of a list', () => {
	it('advises to check the Base URL if nothing is found: there is no ID to check', () => {
		const subject = {
			method: 'GET',
			about: 'the list of sync jobs',
			path: '/sync-job',
			origin: ORIGIN,
			hasOptions: true,
		};
		const sent = { tries: 1, elapsedMs: 0, mayHaveArrived: false };
		const error = new TrutoError(status(404), subject, sent, (text) => text);
		expect(error.message).toBe('There is nothing at this address (404): the list of sync jobs');
		expect(error.description).toContain(`Check the Base URL of the credential (${ORIGIN})`);
	});
});

describe('an error where people see no options', () => {
	it.each<[string, Failure]>([
		['429', status(429)],
		['a timeout', network('ECONNABORTED')],
	])('advises nothing that is not there: %s', (_, failure) => {
		const subject = { method: 'GET', about: ABOUT, path: PATH, origin: ORIGIN, hasOptions: false };
		const sent = { tries: 1, elapsedMs: 0, mayHaveArrived: false };
		const error = new TrutoError(failure, subject, sent, (text) => text);
		expect(error.description).toContain('Try again later.');
		expect(error.description).not.toMatch(/Options/);
	});
});

describe('JSON that is not an object', () => {
	it('is not called no JSON', () => {
		const error = errorOf({ kind: 'body', found: '[1]', cut: false, isJson: true });
		expect(error.message).toBe(`The answer for ${ABOUT} is not a JSON object`);
		expect(error.description).toContain('The body begins: [1]');
	});
});

describe('the words of Truto', () => {
	it('stand in the description', () => {
		expect(errorOf(status(422, { said: 'id is odd' })).description).toContain(
			'Truto said: id is odd',
		);
	});

	it('are not made up if Truto sent none', () => {
		expect(errorOf(status(422)).description).not.toContain('said');
		expect(errorOf({ kind: 'body', found: '', cut: true }).description).not.toContain('begins');
	});

	it('stand beside those of the network', () => {
		expect(errorOf(network('ENOTFOUND')).description).toContain(
			'(ENOTFOUND: getaddrinfo ENOTFOUND api.truto.one)',
		);
	});
});

describe('the tries', () => {
	it('stand in the description with the time they took', () => {
		expect(errorOf(status(500), 6, 31_400).description).toContain('Sent 6 times over 31 s.');
		expect(errorOf(network('ECONNRESET'), 2, 120).description).toContain('Sent 2 times over 1 s.');
	});

	it('are not mentioned if there was only one', () => {
		expect(errorOf(status(500), 1, 31_400).description).not.toMatch(/sent 1|times|over/i);
	});

	it('come after the advice and the words of Truto', () => {
		expect(errorOf(status(500, { said: 'Oops' }), 3, 4000).description).toBe(
			'Truto had an error. Try again later. Truto said: Oops. Sent 3 times over 4 s.',
		);
	});
});

describe('a request that changes something', () => {
	const CHECK_FIRST = 'Truto may have done it anyway: look in Truto before you do it again.';

	test.each<[string, Failure]>([
		['408', status(408)],
		['500', status(500)],
		['503', status(503)],
		['504', status(504)],
		['a cut body', { kind: 'body', found: '', cut: true }],
		['a reset', network('ECONNRESET')],
		['a timeout', network('ECONNABORTED')],
	])('is never said to be undone after %s, and nobody is told to try again', (_, failure) => {
		for (const method of ['POST', 'PATCH', 'DELETE']) {
			const error = errorOf(failure, 1, 0, method);
			expect(error.mayHaveBeenDone).toBe(true);
			expect(error.description).toContain(CHECK_FIRST);
			expect(error.description).not.toMatch(/try again/i);
		}
		expect(errorOf(failure, 1, 0, 'GET').mayHaveBeenDone).toBe(false);
	});

	test.each<[string, Failure]>([
		['401', status(401)],
		['422', status(422)],
		['429', status(429)],
		['ECONNREFUSED', network('ECONNREFUSED')],
	])('was not done after %s', (_, failure) => {
		const error = errorOf(failure, 1, 0, 'POST');
		expect(error.mayHaveBeenDone).toBe(false);
		expect(error.description).not.toContain('may have');
	});
});

describe('what n8n itself says', () => {
	it('comes through as it is', () => {
		const said = { kind: 'n8n', message: 'Domain not allowed', description: 'Ask an admin.' };
		expect(errorOf(said as Failure)).toMatchObject({
			message: 'Domain not allowed',
			description: 'Ask an admin.',
		});
	});
});

describe('a rate limit that asks for a long pause', () => {
	it('says when it is over', () => {
		const { description } = errorOf(status(429, { retryAfterMs: 3_600_000 }));
		const [, until = ''] = /^Truto accepts no requests before (\S+Z)\. /.exec(description) ?? [];
		expect(Math.abs(Date.parse(until) - Date.now() - 3_600_000)).toBeLessThan(5_000);
	});

	it('says nothing of a short one', () => {
		const { description } = errorOf(status(429, { retryAfterMs: 10_000 }));
		expect(description).not.toContain('accepts no requests');
	});
});
