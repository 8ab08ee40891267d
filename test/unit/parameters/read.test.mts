import { describe, expect, it, test } from '@jest/globals';

import {
	readBoolean,
	readChoice,
	readChoices,
	readCollection,
	readJson,
	readList,
	readNumber,
	readText,
	readValue,
} from '../../../lib/parameters/read';
import { readDate } from '../../../lib/parameters/readDate';
import { isBlank } from '../../../lib/given';
import { explainedErrorOf } from '../helpers/explained.mts';

const STATUSES = [
	{ name: 'All', value: '' },
	{ name: 'Failed', value: 'failed' },
	{ name: 'Rate Limited', value: 'rate_limited' },
	{ name: 'Stopped', value: 'stopped' },
];

const NOTHING: [unknown][] = [[undefined], [null], [''], ['  '], ['\n']];

describe('nothing', () => {
	test.each(NOTHING)('is %j', (value) => {
		expect(isBlank(value)).toBe(true);
		expect(readBoolean(value, 'X', true)).toBe(true);
		expect(readNumber(value, 'X', 7)).toBe(7);
		expect(readText(value, 'X')).toBeUndefined();
		expect(readChoice(value, 'X', 'stopped', STATUSES)).toBe('stopped');
		expect(readChoices(value, 'X', STATUSES)).toEqual([]);
		expect(readList(value, 'X')).toEqual([]);
		expect(readJson(value, 'X')).toBeUndefined();
		expect(readCollection(value, 'X')).toEqual({});
	});

	test.each([[0], [false], ['x'], [[]], [{}]])('is not %j', (value) => {
		expect(isBlank(value)).toBe(false);
	});
});

/** Like Luxon's invalid dates. */
const INVALID_LUXON = { isValid: false, toISO: () => null, toJSON: () => null };

describe('what nobody means', () => {
	const NONSENSE: [unknown, string][] = [
		['undefined', 'undefined'],
		[' null ', 'null'],
		['NaN', 'NaN'],
		['[object Object]', '[object Object]'],
		['Invalid DateTime', 'Invalid DateTime'],
		['Invalid Date', 'Invalid Date'],
		['Invalid date', 'Invalid date'],
		[Number.NaN, 'NaN'],
		[Number.NEGATIVE_INFINITY, '-Infinity'],
		[new Date('x'), 'an invalid date'],
		[INVALID_LUXON, 'an invalid date'],
		[() => 1, 'function'],
	];

	test.each(NONSENSE)('is refused by every reader: %p', (value, text) => {
		const readers: ((name: string) => unknown)[] = [
			(name) => readText(value, name),
			(name) => readValue(value, name),
			(name) => readJson(value, name),
			(name) => readList([value], name),
			(name) => readBoolean(value, name, true),
			(name) => readNumber(value, name, 1),
			(name) => readChoice(value, name, '', STATUSES),
			(name) => readChoices([value], name, STATUSES),
			(name) => readCollection(value, name),
			(name) => readDate(value, name, 'UTC'),
		];
		for (const read of readers) {
			const error = explainedErrorOf(() => read('Shown'));
			expect(error.message).toBe(`'Shown' is not valid: ${text}`);
		}
	});

	test.each<[unknown, string]>([
		[{ since: INVALID_LUXON }, 'since is an invalid date'],
		[{ a: [{ b: Number.NaN }] }, 'a.0.b is NaN'],
		[[undefined], '0 is undefined'],
		['{"since": "undefined"}', 'since is undefined'],
		['{"n": 1e400}', 'n is Infinity'],
	])('is found inside of JSON: %p', (value, text) => {
		expect(explainedErrorOf(() => readJson(value, 'Shown')).message).toBe(
			`'Shown' is not valid: ${text}`,
		);
	});

	test.each<[unknown]>([
		['nullable'],
		['Null'],
		['none'],
		[{ isValid: false }],
		[{ a: null, b: undefined }],
		[new Date('2026-01-01')],
		[[]],
	])('is not %p', (value) => {
		expect(readValue(value, 'Shown')).toBe(value);
	});
});

describe('true or false', () => {
	test.each([
		[true, true],
		['true', true],
		[' TRUE ', true],
		['yes', true],
		['on', true],
		[1, true],
		['1', true],
		[false, false],
		['false', false],
		['False', false],
		['no', false],
		['off', false],
		[0, false],
		['0', false],
	])('is %j: %s', (value, verdict) => {
		expect(readBoolean(value, 'X', !verdict)).toBe(verdict);
	});

	test.each([['maybe'], [2], [{}], [['true', 'false']]])('is not %j', (value) => {
		const error = explainedErrorOf(() => readBoolean(value, 'Wait', false));
		expect(error.message).toMatch(/^'Wait' is not valid: /);
		expect(error.description).toBe('Use true or false.');
	});
});

describe('a number', () => {
	test.each([
		[5, 5],
		['5', 5],
		[' 5.5 ', 5.5],
		['1e2', 100],
		[-3, -3],
		[0, 0],
	])('is %j: %d', (value, number) => {
		expect(readNumber(value, 'X', 99)).toBe(number);
	});

	test.each([['many'], [Number.NaN], [Number.POSITIVE_INFINITY], [true], [{}], [[5]]])(
		'is not %p',
		(value) => {
			const error = explainedErrorOf(() => readNumber(value, 'Limit', 50));
			expect(error.message).toMatch(/^'Limit' is not valid: /);
		},
	);

	it('must be whole if the definition says so', () => {
		expect(readNumber(5.9, 'X', 1, { isInteger: true })).toBe(5);
		explainedErrorOf(() => readNumber(0.9, 'X', 1, { isInteger: true, min: 1 }));
	});

	test.each([
		['many', {}, 'Use a number.'],
		[0, { min: 1 }, 'Use a number of at least 1.'],
		[101, { max: 100 }, 'Use a number of at most 100.'],
		['-1', { min: 0, max: 20 }, 'Use a number of at least 0 and at most 20.'],
	])('is refused outside of its bounds: %j', (value, bounds, advice) => {
		expect(explainedErrorOf(() => readNumber(value, 'X', 5, bounds)).description).toBe(advice);
	});

	it('may be one of its bounds', () => {
		expect(readNumber(1, 'X', 5, { min: 1, max: 1 })).toBe(1);
	});
});

describe('a text', () => {
	test.each([
		[' a b ', 'a b'],
		[42, '42'],
		[true, 'true'],
	])('is %j: %j', (value, text) => {
		expect(readText(value, 'X')).toBe(text);
	});

	test.each([[{ a: 1 }], [['a']]])('is not %j', (value) => {
		const error = explainedErrorOf(() => readText(value, 'Key'));
		expect(error.message).toMatch(/^'Key' is not valid: /);
		expect(error.description).toBe('Use text.');
	});
});

describe('JSON', () => {
	it('is a text, or what an expression gives', () => {
		expect(readJson(' {"a": 1} ', 'X')).toEqual({ a: 1 });
		expect(readJson({ a: 1 }, 'X')).toEqual({ a: 1 });
		expect(readJson(false, 'X')).toBe(false);
	});

	test.each(['```json\n{"a": 1}\n```', '```\n{"a": 1}\n```\n', ' ```JSON\r\n{"a": 1}\r\n``` '])(
		'may stand in a code fence, as AI agents write it: %j',
		(text) => {
			expect(readJson(text, 'X')).toEqual({ a: 1 });
			expect(readCollection(text, 'X')).toEqual({ a: 1 });
		},
	);

	it('in a code fence that is never closed is refused at once', () => {
		const begun = performance.now();

		explainedErrorOf(() => readJson(`\`\`\`${'\n'.repeat(100_000)}`, 'X'));

		// It took 11 seconds.
		expect(performance.now() - begun).toBeLessThan(5_000);
	});

	it('in a list may stand in a code fence, too', () => {
		expect(readList('```json\n["a", "b"]\n```', 'X')).toEqual(['a', 'b']);
	});

	it('is refused if it is not JSON', () => {
		const error = explainedErrorOf(() => readJson('{ a: 1 }', 'Resources (JSON)'));
		expect(error.message).toBe("'Resources (JSON)' is not valid: { a: 1 }");
		expect(error.description).toBe('It is not valid JSON.');
	});
});

describe('a collection', () => {
	it('is an object, or JSON of one', () => {
		expect(readCollection({ a: 1 }, 'X')).toEqual({ a: 1 });
		expect(readCollection('{"a": 1}', 'X')).toEqual({ a: 1 });
	});

	test.each([['a'], [[1]], ['[1]'], [7]])('is not %j', (value) => {
		expect(explainedErrorOf(() => readCollection(value, 'Options')).message).toMatch(
			/^'Options' is not valid: /,
		);
	});
});
