import { describe, expect, it, test } from '@jest/globals';

import { readAnswer, type HttpAnswer } from '../../../lib/transport/answer';
import type { Failure } from '../../../lib/transport/failure';

const NOW = Date.parse('2026-11-24T10:00:00Z');

function outcome(answer: Partial<HttpAnswer>, needsBody = true) {
	return readAnswer({ statusCode: 200, headers: {}, body: '', ...answer }, needsBody, NOW);
}

function failureOf(answer: Partial<HttpAnswer>): Failure {
	const result = outcome(answer);
	if (result.ok) throw new Error('The answer was usable');
	return result.failure;
}

function saidBy(body: unknown): string {
	const failure = failureOf({ statusCode: 422, body });
	return failure.kind === 'status' ? failure.said : `a failure of kind ${failure.kind}`;
}

function waitAskedBy(header: unknown): number | undefined {
	const failure = failureOf({ statusCode: 429, headers: { 'retry-after': header } });
	return failure.kind === 'status' ? failure.retryAfterMs : undefined;
}

describe('an answer with a status that is neither a success nor an error', () => {
	test.each([199, 300, 304])('is a failure: %d', (statusCode) => {
		expect(failureOf({ statusCode, body: { id: 'x' } })).toMatchObject({
			kind: 'status',
			status: statusCode,
		});
	});
});

describe('a usable answer', () => {
	test.each([[{ id: 'x' }], [{}], [[]], [[{ id: 'x' }]]])('is %j', (body) => {
		expect(outcome({ body })).toEqual({ ok: true, body });
		expect(outcome({ statusCode: 201, body })).toEqual({ ok: true, body });
	});

	it('passes the body on as it is, fields that are not known included', () => {
		const body = { id: 'x', brand_new: { deep: [1] } };
		const result = outcome({ body });
		expect(result.ok && result.body).toBe(body);
	});

	test.each(['', undefined, null])('is 204 with no body (%j), which is null', (body) => {
		expect(outcome({ statusCode: 204, body })).toEqual({ ok: true, body: null });
	});
});

describe('an answer to a DELETE', () => {
	test.each([
		[200, ''],
		[200, undefined],
		[202, ' '],
		[204, ''],
	])('may be empty: status %d with %j', (statusCode, body) => {
		expect(outcome({ statusCode, body }, false)).toEqual({ ok: true, body: null });
	});

	test.each(['OK', '<html>Done</html>', '{"id": "3f0'])('may be anything: %s', (body) => {
		expect(outcome({ body }, false)).toEqual({ ok: true, body: null });
	});
});

describe('an answer that is no JSON', () => {
	const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
	const HTML_TYPE = { 'content-type': 'text/html' };

	test.each([
		['empty', {}, ''],
		['blank', {}, ' \n'],
		['absent', {}, undefined],
		['null', {}, null],
		['a cut object', {}, '{"id": "3f0c'],
		['a cut array', HTML_TYPE, ' [{"id": 1'],
		['a text that calls itself JSON', JSON_TYPE, 'upstream connect error'],
	])('did not arrive whole if it is %s', (_, headers, body) => {
		expect(failureOf({ headers, body })).toMatchObject({ kind: 'body', cut: true });
	});

	test.each([
		['a web page', HTML_TYPE, '<html><body>Hi</body></html>'],
		['a text without a type', {}, 'Hello'],
	])('does not come from Truto if it is %s', (_, headers, body) => {
		expect(failureOf({ headers, body })).toMatchObject({ kind: 'body', cut: false });
	});

	it('is quoted without its tags, styles and scripts', () => {
		const body = `<!doctype html><html><head><style>p { color: red }</style>
			<SCRIPT>alert("<p>")</SCRIPT></head>\n<body><h1>Sign  in</h1><p>to go on</p></body>`;
		expect(failureOf({ body })).toMatchObject({ found: 'Sign in to go on' });
	});

	it('is quoted with its first 300 characters', () => {
		expect(failureOf({ body: 'x'.repeat(300) })).toMatchObject({ found: 'x'.repeat(300) });
		expect(failureOf({ body: 'x'.repeat(301) })).toMatchObject({
			found: `${'x'.repeat(268)}… (33 more characters)`,
		});
	});

	it('is a usable answer if JSON has a key that streams have too', () => {
		expect(outcome({ body: { pipe: 'a text' } })).toEqual({ ok: true, body: { pipe: 'a text' } });
	});

	it('is not a usable answer as a buffer or a stream', () => {
		expect(outcome({ body: Buffer.from('{"id":1}') }).ok).toBe(false);
		expect(outcome({ body: { pipe: () => undefined } }).ok).toBe(false);
	});

	test.each([
		['<'.repeat(300_000)],
		[`{"a":"${'1 < 2, '.repeat(1_000_000)}`],
		['<style '.repeat(1_000_000)],
	])('is read in no time, however long and odd: %#', (body) => {
		const before = process.cpuUsage();
		expect(outcome({ body }).ok).toBe(false);
		expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
	});
});

describe('what Truto said about an error', () => {
	test.each([
		['its message', { statusCode: 400, error: 'Bad Request', message: 'id is odd' }, 'id is odd'],
		['all of several messages', { message: ['id is odd', 'so is x'] }, 'id is odd; so is x'],
		['the raw response, a text', { message: '', raw_response: 'Token revoked' }, 'Token revoked'],
		['the raw response, HTML', { raw_response: '<b>No</b> entry' }, 'No entry'],
		['the raw response, an object', { message: ' ', raw_response: { code: 7 } }, '{"code":7}'],
		['the raw response, a list', { message: [], raw_response: ['x', 'y'] }, 'x; y'],
		['the name of the error', { message: '', raw_response: '', error: 'Conflict' }, 'Conflict'],
		['the name of the error', { message: null, raw_response: null, error: 'Conflict' }, 'Conflict'],
		['nothing', {}, ''],
		['a message that is a number', { message: 7, error: 'x' }, '7'],
		['an error that is an object', { error: { deep: true } }, '{"deep":true}'],
		[
			'the text of a web page',
			'<html><h1>502 Bad Gateway</h1>nginx</html>',
			'502 Bad Gateway nginx',
		],
		['the text', 'upstream timed out', 'upstream timed out'],
		['nothing', '', ''],
		['nothing', undefined, ''],
		['nothing', null, ''],
		['a list', ['x', 'y'], '["x","y"]'],
		['nothing', 42, ''],
	])('is %s: %j', (_, body, said) => {
		expect(saidBy(body)).toBe(said);
	});

	it('names the fields that Truto found fault with', () => {
		const failures = [
			{ field: 'args.since', message: 'is required' },
			{ path: 'status', message: 'is not allowed' },
			'something else',
			{ code: 7 },
		];
		expect(saidBy({ message: 'Invalid', details: { failures } })).toBe(
			'Invalid; args.since: is required; status: is not allowed; something else; {"code":7}',
		);
		expect(saidBy({ message: 'Invalid', details: { failures: 'none' } })).toBe('Invalid');
	});

	it('is cut after 300 characters', () => {
		expect(saidBy({ message: 'm'.repeat(1000) })).toBe(`${'m'.repeat(268)}… (732 more characters)`);
		expect(saidBy({ raw_response: { text: 'r'.repeat(1000) } }).length).toBeLessThanOrEqual(300);
	});
});

describe('an error status', () => {
	test.each([301, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504])(
		'is told: %d',
		(status) => {
			const failure = failureOf({ statusCode: status, body: { message: 'm' } });
			expect(failure).toMatchObject({ kind: 'status', status, said: 'm', remote: false });
		},
	);

	it('may be that of the app behind Truto', () => {
		const remote = (body: unknown) => failureOf({ statusCode: 500, body });
		expect(remote({ truto_is_remote_error: true })).toMatchObject({ remote: true });
		expect(remote({ truto_is_remote_error: false })).toMatchObject({ remote: false });
		expect(remote({ truto_is_remote_error: 'true' })).toMatchObject({ remote: false });
		expect(remote('truto_is_remote_error')).toMatchObject({ remote: false });
	});

	it('tells where a redirect points to', () => {
		const headers = { location: 'https://elsewhere.example/login' };
		expect(failureOf({ statusCode: 302, headers })).toMatchObject({
			status: 302,
			location: 'https://elsewhere.example/login',
		});
		expect(failureOf({ statusCode: 302 })).not.toHaveProperty('location');
	});
});

describe('the wait that Truto asks for', () => {
	test.each([
		['10', 10_000],
		[' 10 ', 10_000],
		['0', 0],
		['0.5', 500],
		['-3', 0],
		['86400', 86_400_000],
		['Tue, 24 Nov 2026 10:00:07 GMT', 7000],
		['Tuesday, 24-Nov-26 10:00:07 GMT', 7000],
	])('is read from %j: %d ms', (header, ms) => {
		expect(waitAskedBy(header)).toBe(ms);
	});

	test.each([
		[undefined],
		[null],
		[''],
		['  '],
		['soon'],
		['10 seconds'],
		['10, 10'],
		['later 3'],
		['Infinity'],
		['NaN'],
		[['10']],
		// This machine's clock is ahead.
		['Tue, 24 Nov 2026 09:59:00 GMT'],
	])('is unknown if the header is %j', (header) => {
		expect(waitAskedBy(header)).toBeUndefined();
	});
});
