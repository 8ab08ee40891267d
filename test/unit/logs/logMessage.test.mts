import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { logMessage } from '../../../lib/logs/logMessage';

const REMOTE = {
	statusCode: 502,
	error: 'Bad Gateway',
	message: '',
	truto_is_remote_error: true,
	raw_response: '<h1>502 Bad Gateway</h1>',
};

describe('what a log entry says', () => {
	test.each<[string, JsonRecord, string | null]>([
		['texts', { logs: ['a', 'b'] }, 'a; b'],
		['one text', { logs: 'a' }, 'a'],
		['a text with white space', { logs: '  a\n\n b ' }, 'a b'],
		['objects', { logs: [{ message: 'a' }, { text: 'b' }, { error: 'c' }] }, 'a; b; c'],
		['one object', { logs: { message: 'a' } }, 'a'],
		['a JSON text of a list', { logs: '["a", {"message": "b"}]' }, 'a; b'],
		['a JSON text of an object', { logs: '{"message": "a"}' }, 'a'],
		['JSON texts in a list', { logs: ['{"message": "a"}', 'b'] }, 'a; b'],
		['a text that only begins like JSON', { logs: '[info] done' }, '[info] done'],
		['a message alone', { message: ' a ' }, 'a'],
		['a message beside logs', { message: 'a', logs: ['b'] }, 'a; b'],
		['a message that the logs repeat', { message: 'a', logs: ['got a', 'b'] }, 'got a; b'],
		['lines that are alike', { logs: ['a', 'a', 'b'] }, 'a; b'],
		['lines that tell of an error', { logs: ['begun', 'status 500', 'ended'] }, 'status 500'],
		['an object without known fields', { logs: [{ code: 7 }] }, '{"code":7}'],
		['other values', { logs: [7, null, true, ['x']] }, '7; true; ["x"]'],
		[
			'an error body',
			{ logs: [{ message: 'a', error: { statusCode: 401, message: 'b' } }] },
			'a: 401 b',
		],
		[
			'an error body without a message',
			{ logs: [{ message: '', error: { code: 'X' } }] },
			'{"code":"X"}',
		],
		[
			'an empty message of an app',
			{ logs: [{ message: '', error: REMOTE }] },
			'502 Bad Gateway: <h1>502 Bad Gateway</h1>',
		],
		[
			'the answer of an app',
			{ logs: [{ error: { message: 'x', raw_response: { message: 'expired', id: 1 } } }] },
			'x: expired',
		],
		[
			'white space around the parts of an error',
			{ logs: [{ message: ' a ', error: { message: ' b ', raw_response: 'c' } }] },
			'a: b: c',
		],
		['a blank message with a text', { logs: [{ message: ' ', text: 'b' }] }, 'b'],
		['the other name of an error', { logs: [{ error: { error: ' b ', code: 5 } }] }, 'b'],
		[
			'an answer of an app alone',
			{ logs: [{ error: { statusCode: 502, raw_response: 'down' } }] },
			'502 down',
		],
		[
			'no answer of an app',
			{ logs: [{ error: { statusCode: 502, message: 'x', raw_response: null } }] },
			'502 x',
		],
		['an empty answer of an app', { logs: [{ error: { message: 'x', raw_response: '' } }] }, 'x'],
		['nothing', {}, null],
		['empty logs', { logs: [], message: '' }, null],
		['null', { logs: null, message: null }, null],
		['empty texts', { logs: ['', { message: ' ' }, { message: '', error: null }] }, null],
		['an error that is a list', { logs: [{ message: 'a', error: ['b'] }] }, 'a: ["b"]'],
		['an error alone that says nothing', { logs: [{ error: { success: true } }] }, null],
		['a word for no error', { logs: [{ message: '', error: 'N/A' }] }, null],
		['a flag alone', { logs: [{ level: 'info', error: true }] }, '{"level":"info","error":true}'],
		[
			'an error that says nothing beside a line that does',
			{ logs: [{ message: 'read 100 records' }, { level: 'info', error: {} }] },
			'read 100 records; {"level":"info"}',
		],
	])('%s', (_, entry, message) => {
		expect(logMessage(entry)).toBe(message);
	});

	it('reads no more than 200 lines', () => {
		const lines = Array.from({ length: 201 }, (_, index) => String(index));
		expect(logMessage({ logs: lines })).toMatch(/; 199$/);
	});

	it('is of bounded length', () => {
		const long = 'x'.repeat(200_000);
		for (const logs of [long, [long, long], [{ message: long, error: { message: long } }]]) {
			expect(logMessage({ logs, message: long })?.length).toBeLessThanOrEqual(1_000);
		}
		const many = Array.from({ length: 10_000 }, (_, index) => `line ${index}`);
		expect(logMessage({ logs: many })?.length).toBeLessThanOrEqual(1_000);
	});
});
