import { describe, expect, it, test } from '@jest/globals';

import {
	andList,
	compareTexts,
	countOf,
	cutJson,
	cutText,
	jsonText,
	orList,
	plainText,
	quote,
} from '../../lib/text';
import type { Json, JsonRecord } from '../../lib/json';

describe('a text of bounded length', () => {
	it('is the text if it fits', () => {
		expect(cutText('a'.repeat(1_000))).toBe('a'.repeat(1_000));
		expect(cutText('')).toBe('');
	});

	it('says how much was cut off', () => {
		expect(cutText('a'.repeat(1_001))).toBe(`${'a'.repeat(968)}… (33 more characters)`);
		expect(cutText('a'.repeat(200_000)).length).toBeLessThanOrEqual(1_000);
		expect(cutText('a'.repeat(100), 40)).toBe('aaaaaaaa… (92 more characters)');
	});

	it('does not cut a character in two', () => {
		expect(cutText('🦊'.repeat(100), 41)).toBe('🦊🦊🦊🦊… (192 more characters)');
		expect(cutText('🦊'.repeat(100), 40)).toBe('🦊🦊🦊🦊… (192 more characters)');
	});
});

describe('a value of bounded size', () => {
	it('stays the same if it fits', () => {
		const value: Json = { a: [1, 'x', null, true, { b: {} }], c: 0.5 };
		expect(cutJson(value)).toEqual(value);
	});

	it('says what was cut off', () => {
		const bounds = { text: 40, entries: 2, depth: 2 };
		expect(cutJson({ a: 'x'.repeat(50), b: [1, 2, 3, 4], c: 1, d: 2 }, bounds)).toEqual({
			a: 'xxxxxxxx… (42 more characters)',
			b: [1, 2, '… (2 more entries)'],
			'…': '2 more fields',
		});
		expect(cutJson([[[['deep']]]], bounds)).toEqual([['…']]);
		expect(cutJson({ a: [1, 2, 3], b: 1, c: 2 }, bounds)).toEqual({
			a: [1, 2, '… (1 more entry)'],
			b: 1,
			'…': '1 more field',
		});
	});

	it('keeps a field "__proto__" and changes no prototype', () => {
		const value = cutJson(JSON.parse('{"__proto__": {"a": 1}}') as JsonRecord);
		expect(JSON.stringify(value)).toBe('{"__proto__":{"a":1}}');
		expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
	});

	it('ends whatever the depth', () => {
		const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as Json;
		expect(cutJson(deep)).toEqual([[[[[['…']]]]]]);
	});
});

describe('a value as text', () => {
	test.each<[Json, string]>([
		['a\n  b\t', 'a b'],
		[{ a: 'x\ny' }, '{"a":"x\\ny"}'],
		[7, '7'],
		[null, 'null'],
	])('%j is %j', (value, text) => {
		expect(jsonText(value)).toBe(text);
	});
});

describe('a value in an error', () => {
	test.each<[unknown, string]>([
		['a\n b', 'a b'],
		[{ a: [1] }, '{"a":[1]}'],
		[undefined, 'undefined'],
		[null, 'null'],
		['x'.repeat(200), `${'x'.repeat(68)}… (132 more characters)`],
	])('%j is quoted as %j', (value, text) => {
		expect(quote(value)).toBe(text);
	});
});

describe('the text of a web page', () => {
	it('has no tags, styles or scripts', () => {
		const page =
			'<style>a {}</style><h1>502<script>alert("<b>")</script>Bad\n gateway</h1><p>nginx</p>';
		expect(plainText(page)).toBe('502 Bad gateway nginx');
	});
});

describe('words in a sentence', () => {
	it.each<[string[], string, string]>([
		[[], '', ''],
		[['a'], 'a', 'a'],
		[['a', 'b'], 'a and b', 'a or b'],
		[['a', 'b', 'c'], 'a, b and c', 'a, b or c'],
	])('%j are listed', (words, and, or) => {
		expect([andList(words), orList(words)]).toEqual([and, or]);
	});

	it.each([
		[0, '0 runs', '0 entries'],
		[1, '1 run', '1 entry'],
		[2, '2 runs', '2 entries'],
		[0.5, '0.5 runs', '0.5 entries'],
	])('%d is counted', (count, runs, entries) => {
		expect([countOf(count, 'run'), countOf(count, 'entry', 'entries')]).toEqual([runs, entries]);
	});
});

describe('the order of texts', () => {
	it.each([
		['Get', 'Get Many', -1],
		['Stop', 'Get', 1],
		['Get', 'Get', 0],
		['', 'a', -1],
	])('puts %j and %j so: %i', (a, b, order) => {
		expect(compareTexts(a, b)).toBe(order);
	});
});
