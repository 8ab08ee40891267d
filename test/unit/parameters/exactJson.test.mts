import { describe, expect, it, test } from '@jest/globals';

import { isJsonRecord } from '../../../lib/json';
import { parseJsonExactly, withPlainNumbers } from '../../../lib/parameters/exactJson';

describe('numbers in JSON', () => {
	test.each(['12345678901234567890', '-12345678901234567890', '9007199254740993'])(
		'are sent as they were written if they are whole and large: %s',
		(number) => {
			for (const text of [`{"a":${number}}`, `[[${number}]]`]) {
				expect(JSON.stringify(parseJsonExactly(text))).toBe(text);
			}
		},
	);

	it('are shown as plain numbers', () => {
		const meta = { meta: parseJsonExactly('{"id":12345678901234567890}') ?? null };
		expect(withPlainNumbers(meta)).toEqual({ meta: { id: 12_345_678_901_234_567_000 } });
	});

	it('are never objects of their own', () => {
		expect(isJsonRecord(parseJsonExactly(' 12345678901234567890 '))).toBe(false);
	});

	test.each([
		['7', 7],
		['-0.5', -0.5],
		['1.0', 1],
		['1e3', 1000],
		['0.50', 0.5],
		['19.90', 19.9],
		['0.1234567890123456789', 0.123_456_789_012_345_68],
		['100000000000000000000.5', 1e20],
		['9007199254740991', 9_007_199_254_740_991],
	])('are plain numbers if JavaScript holds them: %s', (text, number) => {
		expect(parseJsonExactly(text)).toBe(number);
		expect(parseJsonExactly(`[${text}]`)).toEqual([number]);
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
