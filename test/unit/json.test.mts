import { describe, expect, it, test } from '@jest/globals';

import { isJsonRecord, parseJson, textOrNull } from '../../lib/json';

describe('a JSON object', () => {
	test.each([[{}], [{ a: 1 }], [JSON.parse('{"__proto__":1}')]])('is %j', (value) => {
		expect(isJsonRecord(value)).toBe(true);
	});

	test.each([[null], [undefined], [[]], [[{}]], ['{}'], [0], [true]])('is not %j', (value) => {
		expect(isJsonRecord(value)).toBe(false);
	});
});

describe('a text or nothing', () => {
	it('keeps texts, empty ones too', () => {
		expect(textOrNull('a')).toBe('a');
		expect(textOrNull('')).toBe('');
	});

	test.each([[null], [undefined], [1], [true], [{}], [[]]])('gives null for %j', (value) => {
		expect(textOrNull(value)).toBeNull();
	});
});

describe('the value of a JSON text', () => {
	it('is what the text says', () => {
		expect(parseJson(' {"a": [1, null]} ')).toEqual({ a: [1, null] });
		expect(parseJson('null')).toBeNull();
	});

	test.each(['', '{', "{'a': 1}", 'undefined'])('is undefined for %j', (text) => {
		expect(parseJson(text)).toBeUndefined();
	});
});
