import { describe, expect, it, test } from '@jest/globals';

import type { Failure, StatusFailure } from '../../../lib/transport/failure';
import { isOutage, isPassing, mayHaveBeenDone } from '../../../lib/transport/retries';

function status(code: number, more: Partial<StatusFailure> = {}): Failure {
	return { kind: 'status', status: code, said: '', remote: false, ...more };
}

function network(code: string): Failure {
	return { kind: 'network', code, said: 'broken' };
}

describe('a failure that will be over soon', () => {
	test.each([
		[500, false, true],
		[500, true, false],
		[501, false, true],
		[502, true, true],
		[504, true, true],
		[503, false, false],
		[404, false, false],
		[302, false, false],
	])('status %d, remote: %s: %s', (code, remote, verdict) => {
		expect(isPassing(status(code, { remote }))).toBe(verdict);
	});

	it('is a cut body, not one of another server', () => {
		expect(isPassing({ kind: 'body', found: '', cut: true })).toBe(true);
		expect(isPassing({ kind: 'body', found: 'Hi', cut: false })).toBe(false);
	});
});

describe('a failure that somebody with time waits out', () => {
	test.each([
		[408, true],
		[425, true],
		[429, true],
		[500, true],
		[502, true],
		[503, true],
		[504, true],
		[302, false],
		[400, false],
		[401, false],
		[403, false],
		[404, false],
		[422, false],
	])('status %d: %s', (code, verdict) => {
		expect(isOutage(status(code))).toBe(verdict);
	});

	test.each([
		['ECONNREFUSED', true],
		['ENOTFOUND', true],
		['EAI_AGAIN', true],
		['ECONNRESET', true],
		['ETIMEDOUT', true],
		['CERT_HAS_EXPIRED', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', false],
	])('%s: %s', (code, verdict) => {
		expect(isOutage(network(code))).toBe(verdict);
	});

	it('is any body that is no JSON, but nothing that n8n refused', () => {
		expect(isOutage({ kind: 'body', found: 'Maintenance', cut: false })).toBe(true);
		expect(isOutage({ kind: 'n8n', message: 'Domain not allowed', description: '' })).toBe(false);
	});
});

describe('what Truto may have done all the same', () => {
	test.each([
		[408, true],
		[500, true],
		[502, true],
		[503, true],
		[504, true],
		[400, false],
		[401, false],
		[404, false],
		[409, false],
		[429, false],
	])('status %d: %s', (code, verdict) => {
		expect(mayHaveBeenDone(status(code))).toBe(verdict);
	});

	test.each([
		['ECONNRESET', true],
		['ECONNABORTED', true],
		['EPIPE', true],
		['SOMETHING_NEW', true],
		['ECONNREFUSED', false],
		['ENOTFOUND', false],
		['EAI_AGAIN', false],
		['CERT_HAS_EXPIRED', false],
	])('%s: %s', (code, verdict) => {
		expect(mayHaveBeenDone(network(code))).toBe(verdict);
	});

	it('may be anything if the answer is no JSON, and nothing if n8n sent nothing', () => {
		expect(mayHaveBeenDone({ kind: 'body', found: '', cut: true })).toBe(true);
		expect(mayHaveBeenDone({ kind: 'n8n', message: 'x', description: '' })).toBe(false);
	});
});
