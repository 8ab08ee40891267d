import { describe, expect, it, test } from '@jest/globals';

import { ExplainedError } from '../../../lib/explainedError';
import type { Failure } from '../../../lib/transport/failure';
import { TrutoError } from '../../../lib/transport/trutoError';
import { ABOUT, errorOf, network, ONCE, ORIGIN, status, SUBJECT } from './failures.mts';

describe('the error of a failed request', () => {
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
		const subject = { ...SUBJECT, about: 'the list of sync jobs', path: '/sync-job' };
		const error = new TrutoError(status(404), subject, ONCE, (text) => text);
		expect(error.message).toBe('There is nothing at this address (404): the list of sync jobs');
		expect(error.description).toContain(`Check the Base URL of the credential (${ORIGIN})`);
	});
});

describe('an error where people see no options', () => {
	it.each<[string, Failure]>([
		['429', status(429)],
		['a timeout', network('ECONNABORTED')],
	])('advises nothing that is not there: %s', (_, failure) => {
		const subject = { ...SUBJECT, hasOptions: false };
		const error = new TrutoError(failure, subject, ONCE, (text) => text);
		expect(error.description).toContain('Try again later.');
		expect(error.description).not.toMatch(/Options/);
	});
});

describe('JSON that is not an object', () => {
	it('is not called no JSON', () => {
		const error = errorOf({ kind: 'body', found: '[1]', cut: false, isJson: true });
		expect(error.message).toBe(`The response for ${ABOUT} is not a JSON object`);
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
