import { describe, expect, it, test } from '@jest/globals';

import {
	accountArgument,
	argFields,
	missingArgs,
	typedArgs,
} from '../../../lib/syncJobs/argsSchema';
import type { Json, JsonRecord } from '../../../lib/json';
import { parseJsonExactly } from '../../../lib/parameters/exactJson';
import { readSyncJob } from '../../../lib/truto/syncJob';
import { deepFreeze } from '../helpers/deepFreeze.mts';

const nested: JsonRecord = {
	args_schema: {
		type: 'object',
		properties: {
			since: { type: 'string', required: true, description: 'From when on' },
			limit: { type: 'integer', required: true, default: 100 },
			mode: { enum: ['full', 'delta'] },
			owner: {},
			odd: 'not a schema',
		},
		required: ['owner', 7],
	},
};

/** A version 4 job. */
const flat: JsonRecord = {
	args_schema: {
		account: { type: 'string', format: 'integrated_account_id', required: true },
		since: { type: 'string', format: 'updated_at', description: 'From when on' },
		until: { type: 'string', format: 'date' },
		page_size: { type: 'integer', default: 100, enum: [50, 100] },
		type: { type: ['null', 'boolean'], format: 'brand_new' },
		properties: { type: 'object', required: true },
		description: 'not an argument',
		additionalProperties: false,
	},
};

const PLAIN = {
	type: 'string',
	format: null,
	required: false,
	description: null,
	default: undefined,
	values: [],
};

describe('the arguments of a sync job', () => {
	it('are the properties of its schema, in versions 1 to 3', () => {
		expect(argFields(readSyncJob(nested))).toEqual([
			{ ...PLAIN, name: 'since', required: true, description: 'From when on' },
			{ ...PLAIN, name: 'limit', type: 'integer', required: true, default: 100 },
			{ ...PLAIN, name: 'mode', values: ['full', 'delta'] },
			{ ...PLAIN, name: 'owner', required: true },
			{ ...PLAIN, name: 'odd' },
		]);
	});

	it('are the entries of its schema, in version 4', () => {
		expect(argFields(readSyncJob(flat))).toEqual([
			{ ...PLAIN, name: 'account', format: 'integrated_account_id', required: true },
			{ ...PLAIN, name: 'since', format: 'updated_at', description: 'From when on' },
			{ ...PLAIN, name: 'until', format: 'date' },
			{ ...PLAIN, name: 'page_size', type: 'integer', default: 100, values: [50, 100] },
			{ ...PLAIN, name: 'type', type: 'boolean' },
			{ ...PLAIN, name: 'properties', type: 'object', required: true },
		]);
	});

	it('may be named "type", whatever the shape', () => {
		const properties = { type: { type: 'number' }, properties: { type: 'string' } };
		const names = (schema: JsonRecord) =>
			argFields(readSyncJob({ args_schema: schema })).map((f) => f.name);
		expect(names(properties)).toEqual(['type', 'properties']);
		expect(names({ properties: { type: { type: 'number' } } })).toEqual(['type']);
		expect(names({ type: 'object', properties })).toEqual(['type', 'properties']);
	});

	test.each([
		[{}],
		[{ args_schema: null }],
		[{ args_schema: [] }],
		[{ args_schema: {} }],
		[{ args_schema: { type: 'object' } }],
		[{ args_schema: { type: 'object', $ref: '#', additionalProperties: {} } }],
		[{ args_schema: { properties: null, required: true } }],
	])('are none for %j', (odd) => {
		expect(argFields(readSyncJob(odd))).toEqual([]);
		expect(missingArgs(readSyncJob(odd), {})).toEqual([]);
		expect(accountArgument(readSyncJob(odd))).toBeNull();
	});
});

describe('the argument for the account', () => {
	it('is the only one of that format', () => {
		expect(accountArgument(readSyncJob(flat))).toBe('account');
		expect(accountArgument(readSyncJob(nested))).toBeNull();
	});

	it('is undefined if two have that format', () => {
		const account = { type: 'string', format: 'integrated_account_id' };
		expect(
			accountArgument(readSyncJob({ args_schema: { from: account, to: account } })),
		).toBeNull();
	});
});

describe('missing arguments', () => {
	it('are those required that have no default and are not given', () => {
		expect(missingArgs(readSyncJob(nested), {})).toEqual(['since', 'owner']);
		expect(missingArgs(readSyncJob(nested), { since: null, owner: '' })).toEqual([
			'since',
			'owner',
		]);
		expect(missingArgs(readSyncJob(nested), { since: '2026', owner: 'me' })).toEqual([]);
		expect(missingArgs(readSyncJob(flat), { properties: {} })).toEqual(['account']);
	});

	test.each([[0], [false], [[]], [{}]])('are none that are given as %j', (value) => {
		expect(missingArgs(readSyncJob(nested), { since: value, owner: value })).toEqual([]);
	});

	it('are not found on a prototype', () => {
		const schema = { properties: { toString: { required: true } } };
		expect(missingArgs(readSyncJob({ args_schema: schema } as JsonRecord), {})).toEqual([
			'toString',
		]);
	});
});

describe('arguments with their JSON types', () => {
	const job: JsonRecord = {
		args_schema: {
			count: { type: 'integer' },
			ratio: { type: 'number' },
			full: { type: 'boolean' },
			ids: { type: 'array' },
			query: { type: 'object' },
			text: { type: 'string' },
			untyped: {},
			size: { enum: [50, '100', true, null, { a: 1 }] },
			both: { enum: ['null', 50, '50'] },
		},
	};

	test.each<[string, JsonRecord, JsonRecord]>([
		['whole numbers', { count: '50' }, { count: 50 }],
		['white space around a number', { count: ' -7 ' }, { count: -7 }],
		['fractions', { ratio: '0.5' }, { ratio: 0.5 }],
		['the largest exact number', { ratio: '9007199254740991' }, { ratio: 9007199254740991 }],
		['switches', { full: 'true' }, { full: true }],
		['lists', { ids: '["a","b"]' }, { ids: ['a', 'b'] }],
		['objects', { query: '{"a":1}' }, { query: { a: 1 } }],
		['choices that are numbers', { size: '50' }, { size: 50 }],
		['choices that are texts', { size: 100 }, { size: '100' }],
		['choices that are switches', { size: 'true' }, { size: true }],
		['choices that are objects', { size: '{"a":1}' }, { size: { a: 1 } }],
	])('are made of texts: %s', (_, given, expected) => {
		expect(typedArgs(readSyncJob(job), deepFreeze(given))).toEqual(expected);
	});

	test.each<[string, JsonRecord]>([
		['a number where a text is asked for', { text: '50', untyped: '50' }],
		['a text in quotes', { text: '"x"' }],
		['a switch for a number', { ratio: 'true' }],
		['a number for a switch', { full: '1' }],
		['what is no number', { count: 'many', ratio: '' }],
		['a fraction for a whole number', { count: '0.5' }],
		['a number that is too large to be exact', { count: '9007199254740993', ratio: '1e300' }],
		['what is no switch', { full: 'yes' }],
		['an object for a list', { ids: '{}', query: '[]' }],
		['the word null', { size: 'null', count: 'null' }],
		['what has its type already', { count: 5, full: false, ids: [1], query: {}, text: 'x' }],
		['what is no choice', { size: '7' }],
		['nothing', { count: null, size: null, both: null }],
		['a choice that is one already', { both: 50 }],
		['a choice that is one already, as a text', { both: '50' }],
		['what the schema does not name', { other: '50', toString: '1' }],
	])('stay as they are: %s', (_, given) => {
		expect(typedArgs(readSyncJob(job), deepFreeze(given))).toEqual(given);
	});

	it('keep all digits of a number that is a choice', () => {
		const [number = null] = parseJsonExactly('[12345678901234567890]') as Json[];
		expect(typedArgs(readSyncJob(job), { size: number }).size).toBe(number);
	});

	it('keep an argument named "__proto__"', () => {
		const args = JSON.parse('{"__proto__": "1"}') as JsonRecord;
		expect(JSON.stringify(typedArgs(readSyncJob(job), args))).toBe('{"__proto__":"1"}');
	});
});
