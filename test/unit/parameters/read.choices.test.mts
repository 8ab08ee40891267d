import { describe, expect, test } from '@jest/globals';

import { readChoice, readChoices, readList } from '../../../lib/parameters/read';
import { explainedErrorOf } from '../helpers/explained.mts';

const STATUSES = [
	{ name: 'All', value: '' },
	{ name: 'Failed', value: 'failed' },
	{ name: 'Rate Limited', value: 'rate_limited' },
	{ name: 'Stopped', value: 'stopped' },
];

describe('a choice', () => {
	test.each([
		[[{ name: 'Batch', value: 'batch' }], 'Use batch.'],
		[STATUSES, 'Use one of failed, rate_limited, stopped.'],
	])('that is none of %j says which there are', (choices, advice) => {
		expect(explainedErrorOf(() => readChoice('odd', 'X', '', choices)).description).toBe(advice);
	});

	test.each([
		['failed', 'failed'],
		[' FAILED ', 'failed'],
		['Rate Limited', 'rate_limited'],
		['all', ''],
	])('is found by value or name: %j', (given, value) => {
		expect(readChoice(given, 'X', 'stopped', STATUSES)).toBe(value);
	});

	test.each([['broken'], ['failed,stopped'], [{}], ['undefined'], [[]], [['']], [[null]]])(
		'is not %j',
		(value) => {
			const error = explainedErrorOf(() => readChoice(value, 'Status', '', STATUSES));
			expect(error.message).toMatch(/^'Status' is not valid: /);
			expect(error.description).toBe('Use one of failed, rate_limited, stopped.');
		},
	);

	test.each([[[undefined]], [Number.NaN], [new Date('x')], [() => 'failed']])(
		'is not what makes no sense: %p',
		(value) => {
			const error = explainedErrorOf(() => readChoice(value, 'Status', '', STATUSES));
			expect(error.message).toMatch(/^'Status' is not valid: /);
		},
	);
});

describe('several choices', () => {
	test.each([
		[['failed', 'stopped']],
		['failed,stopped'],
		['failed, stopped'],
		[' Failed ,, STOPPED,failed '],
		['["failed","stopped"]'],
		[['failed,stopped']],
		[[['failed'], 'Stopped']],
		[['failed', '', null, 'stopped']],
	])('are read from %j', (value) => {
		expect(readChoices(value, 'X', STATUSES)).toEqual(['failed', 'stopped']);
	});

	test.each([
		['failed,broken'],
		[['failed', 7]],
		['["failed"'],
		[{ a: 1 }],
		[['failed', undefined]],
	])('are refused if one is none: %j', (value) => {
		explainedErrorOf(() => readChoices(value, 'X', STATUSES));
	});
});

describe('a list of texts', () => {
	test.each([
		['a, b', ['a', 'b']],
		['["a", 1]', ['a', '1']],
		['[12345678901234567890]', ['12345678901234567890']],
		[
			['a', ' ', null, 'b'],
			['a', 'b'],
		],
		[7, ['7']],
	])('is read from %j', (value, texts) => {
		expect(readList(value, 'X')).toEqual(texts);
	});

	test.each([
		[[undefined]],
		[['a', undefined]],
		[['a', Number.NaN]],
		['a, undefined'],
		[['a', {}]],
	])('is not %p', (value) => {
		explainedErrorOf(() => readList(value, 'X'));
	});
});
