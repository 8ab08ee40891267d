import { describe, expect, it, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';

import { ParameterReader } from '../../../lib/parameters/reader';
import { explainedErrorOf } from '../helpers/explained.mts';

function property(more: Partial<INodeProperties>): INodeProperties {
	return { displayName: 'Shown', name: 'given', type: 'string', default: '', ...more };
}

/** Reads parameters that have these values, as n8n hands them out. */
function readerOf(values: Record<string, unknown>): ParameterReader {
	return new ParameterReader(
		(name, fallback) => (name in values ? values[name] : fallback),
		'Europe/Berlin',
	);
}

const nothing = readerOf({});
const given = (value: unknown) => readerOf({ given: value });

describe('a parameter', () => {
	test.each([[undefined], [null], [''], [' ']])('that is %j has its default', (value) => {
		const reader = given(value);
		expect(reader.boolean(property({ default: true }))).toBe(true);
		expect(reader.number(property({ default: 30 }))).toBe(30);
		const options = [{ name: 'Newest', value: '-created_at' }];
		expect(reader.choice({ ...property({ default: '-created_at' }), options })).toBe('-created_at');
		expect(reader.text(property({}))).toBeUndefined();
		expect(reader.choices({ ...property({}), options })).toEqual([]);
		expect(reader.date(property({}))).toBeUndefined();
		expect(reader.json(property({}))).toBeUndefined();
		expect(reader.raw(property({}))).toBeUndefined();
		expect(explainedErrorOf(() => reader.requiredText(property({}))).message).toBe(
			"'Shown' is empty",
		);
	});

	it('is named in errors as the panel shows it', () => {
		const typeOptions = { minValue: 2 };
		const error = explainedErrorOf(() => given(1).number(property({ typeOptions })));
		expect(error.message).toBe("'Shown' is not valid: 1");
		expect(error.description).toBe('Use a number of at least 2.');
	});

	it('has the bounds and the precision of its definition', () => {
		const typeOptions = { minValue: 1, maxValue: 9, numberPrecision: 0 };
		expect(given('4.7').number(property({ typeOptions }))).toBe(4);
		expect(given('4.7').number(property({}))).toBe(4.7);
		explainedErrorOf(() => given(10).number(property({ typeOptions })));
	});

	it('that is a date counts in the zone of the workflow', () => {
		expect(given('2026-07-01 09:00').date(property({}))).toBe('2026-07-01T07:00:00.000Z');
	});

	it('is there or not, be it empty', () => {
		expect(given('').has(property({}))).toBe(true);
		expect(nothing.has(property({}))).toBe(false);
	});
});

describe('what is in a collection', () => {
	const collection = property({ name: 'options', displayName: 'Options', type: 'collection' });

	it('is read as its own parameters are', () => {
		const options = readerOf({ options: { given: 'false' } }).in(collection);
		expect(options.boolean(property({ default: true }))).toBe(false);
		expect(options.boolean(property({ name: 'absent', default: true }))).toBe(true);
	});

	it('may be nothing at all', () => {
		expect(nothing.in(collection).text(property({}))).toBeUndefined();
		expect(readerOf({ options: '' }).in(collection).has(property({}))).toBe(false);
	});

	it('is not taken from what all objects have', () => {
		expect(
			readerOf({ options: {} })
				.in(collection)
				.has(property({ name: 'toString' })),
		).toBe(false);
	});
});
