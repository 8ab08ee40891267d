import { describe, expect, it, test } from '@jest/globals';

import { isBlankError } from '../../lib/blankError';
import type { Json } from '../../lib/json';

describe('an error that says nothing', () => {
	test.each<[Json | undefined]>([
		[undefined],
		[null],
		[''],
		[' \n '],
		['-'],
		['--'],
		['–'],
		['...'],
		['N/A'],
		['n/a'],
		['N.A.'],
		['Not applicable'],
		['none'],
		['"None"'],
		['(null)'],
		['undefined'],
		['nil'],
		['No error.'],
		['no errors'],
		['OK'],
		['Success!'],
		['succeeded'],
		['done'],
		['{}'],
		['[]'],
		['{"message":""}'],
		['[{"success":true},"-"]'],
		[false],
		['False'],
		[0],
		['0'],
		[{}],
		[[]],
		[[null, '', {}]],
		[[false, 0]],
		[{ message: '' }],
		[{ message: ' ', details: {}, errors: [], cause: null, error: 'N/A' }],
		[{ message: '', statusCode: null }],
		[{ code: 0 }],
		[{ code: 'OK', message: 'Success' }],
		[{ error_code: '0' }],
		[{ code: 200 }],
		[{ success: true }],
		[{ success: 'true' }],
		[{ success: 1 }],
		[{ isSuccess: true }],
		[{ ok: true }],
		[{ statusCode: 200 }],
		[{ status: 204 }],
		[{ http_status: '201' }],
		[{ status: '200 OK' }],
		[{ status: 'ok' }],
		[{ status: true }],
		[{ is_error: false, has_errors: 0, failed: false, errno: 0 }],
		[{ failed_records: 0, errors: [] }],
		[{ response: { statusCode: 200, statusText: 'OK', body: '' } }],
	])('%j', (error) => {
		expect(isBlankError(error)).toBe(true);
	});
});

describe('an error that says something', () => {
	test.each<[Json]>([
		['- timeout'],
		['x'],
		['401'],
		['200'],
		['No such record'],
		['not ok'],
		['none of the records was accepted'],
		['💥'],
		['取消'],
		[true],
		['true'],
		[1],
		[502],
		[{ statusCode: 502 }],
		[{ statusCode: 302 }],
		[{ statusCode: 0 }],
		[{ statusCode: '401' }],
		[{ status: 'error' }],
		[{ status: '500 OK' }],
		[{ status: false }],
		[{ status: 0, message: '' }],
		[{ code: 17 }],
		[{ code: 'ECONNRESET' }],
		[{ code: -200 }],
		[{ code: '2000' }],
		[{ error_code: 215 }],
		[{ success: false }],
		[{ success: 'false' }],
		[{ success: 0 }],
		[{ unsuccessful: true }],
		[{ ok: false }],
		[{ error: true }],
		[{ failed: 1 }],
		[{ delivered: false }],
		[{ retryable: true }],
		[{ truto_is_remote_error: true, message: '' }],
		[{ success: true, message: 'but 3 records were skipped' }],
		[{ statusCode: 200, raw_response: '<h1>Maintenance</h1>' }],
		[[{ message: '' }, { message: 'y' }]],
		[{ details: { code: 'y' } }],
		['{"success":false}'],
		['{"message":'],
		['[info] lost'],
	])('%j', (error) => {
		expect(isBlankError(error)).toBe(false);
	});

	it('is one that is too long or too deep to tell', () => {
		let deep: Json = [];
		for (let level = 0; level < 20_000; level++) deep = [deep];
		expect(isBlankError(deep)).toBe(false);
		expect(isBlankError('- '.repeat(1_000_000))).toBe(false);
	});
});
