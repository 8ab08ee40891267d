import { describe, expect, it, test } from '@jest/globals';

import { argFields, missingArgs } from '../../../lib/syncJobs/argsSchema';
import type { JsonRecord } from '../../../lib/json';

const job: JsonRecord = {
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

describe('the arguments of a sync job', () => {
	it('are those of its schema, in its order', () => {
		const plain = { type: 'string', required: false, description: null, default: undefined };
		expect(argFields(job)).toEqual([
			{ ...plain, name: 'since', required: true, description: 'From when on', values: [] },
			{ ...plain, name: 'limit', type: 'integer', required: true, default: 100, values: [] },
			{ ...plain, name: 'mode', values: ['full', 'delta'] },
			{ ...plain, name: 'owner', required: true, values: [] },
			{ ...plain, name: 'odd', values: [] },
		]);
	});

	test.each([
		[{}],
		[{ args_schema: null }],
		[{ args_schema: [] }],
		[{ args_schema: { properties: null, required: true } }],
	])('are none for %j', (odd) => {
		expect(argFields(odd)).toEqual([]);
		expect(missingArgs(odd, {})).toEqual([]);
	});
});

describe('missing arguments', () => {
	it('are those required that have no default and are not given', () => {
		expect(missingArgs(job, {})).toEqual(['since', 'owner']);
		expect(missingArgs(job, { since: null, owner: '' })).toEqual(['since', 'owner']);
		expect(missingArgs(job, { since: '2026', owner: 'me' })).toEqual([]);
	});

	test.each([[0], [false], [[]], [{}]])('are none that are given as %j', (value) => {
		expect(missingArgs(job, { since: value, owner: value })).toEqual([]);
	});

	it('are not found on a prototype', () => {
		const schema = { properties: { toString: { required: true } } };
		expect(missingArgs({ args_schema: schema } as JsonRecord, {})).toEqual(['toString']);
	});
});
