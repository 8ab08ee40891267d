import { describe, expect, it, test } from '@jest/globals';

import { parseJsonExactly } from '../../../lib/parameters/exactJson';

describe('numbers in JSON', () => {
	test.each([
		'12345678901234567890',
		'-12345678901234567890',
		'9007199254740993',
		'0.1234567890123456789',
		'1e400',
		'100000000000000000000.5',
		'1.10',
	])('come out as they were written: %s', (number) => {
		for (const text of [number, `{"a":${number}}`, `[[${number}]]`]) {
			expect(JSON.stringify(parseJsonExactly(text))).toBe(text);
		}
	});

	test.each([
		['7', 7],
		['-0.5', -0.5],
		['1.0', 1],
		['1e3', 1000],
		['9007199254740991', 9_007_199_254_740_991],
	])('are plain numbers if JavaScript holds them: %s', (text, number) => {
		expect(parseJsonExactly(text)).toBe(number);
	});
});

describe('other JSON', () => {
	it('is what the text says', () => {
		const text = ' { "a": [1, null, true, "12345678901234567890"], "__proto__": {} } ';
		expect(JSON.stringify(parseJsonExactly(text))).toBe(
			'{"a":[1,null,true,"12345678901234567890"],"__proto__":{}}',
		);
	});

	test.each(['', '{', "{'a': 1}", 'undefined', '[1,]', '01'])('is none in %j', (text) => {
		expect(parseJsonExactly(text)).toBeUndefined();
	});
});
