import { describe, expect, it, test } from '@jest/globals';

import type { Json, JsonRecord } from '../../../lib/json';
import { checkAgainst, completeArguments } from '../../../lib/syncJobs/startCheck';
import { readSyncJob } from '../../../lib/truto/syncJob';

const ACCOUNT = { type: 'string', format: 'integrated_account_id' };

const withAccount: JsonRecord = { default_runtime_version: 4, args_schema: { customer: ACCOUNT } };

describe('the arguments of a run', () => {
	test.each<[string, JsonRecord, string | undefined, JsonRecord]>([
		['get the account', {}, 'a1', { customer: 'a1' }],
		['get the account in place of nothing', { customer: '' }, 'a1', { customer: 'a1' }],
		['get the account in place of null', { customer: null }, 'a1', { customer: 'a1' }],
		['keep the account that they have', { customer: 'a2' }, 'a1', { customer: 'a2' }],
		['get no account if none is given', {}, undefined, {}],
		['keep all others', { full: 'x' }, 'a1', { full: 'x', customer: 'a1' }],
	])('%s', (_, given, accountId, args) => {
		expect(completeArguments(readSyncJob(withAccount), given, accountId, 'UTC')).toEqual(args);
	});

	it('get no account if none of them takes one', () => {
		expect(completeArguments(readSyncJob({ args_schema: { full: {} } }), {}, 'a1', 'UTC')).toEqual(
			{},
		);
	});

	it('have the types and times of the schema', () => {
		const schema = { count: { type: 'integer' }, since: { format: 'updated_at' } };
		const given = { count: '5', since: '2026-07-01T10:00' };
		expect(
			completeArguments(readSyncJob({ args_schema: schema }), given, undefined, 'Europe/Berlin'),
		).toEqual({
			count: 5,
			since: '2026-07-01T08:00:00.000Z',
		});
	});
});

const check = (
	job: JsonRecord,
	accountId?: string,
	errorHandling?: Json,
	args: JsonRecord = {},
) => {
	checkAgainst(readSyncJob(job), { args, accountId, errorHandling });
};

describe('a start', () => {
	it('needs the required arguments', () => {
		const job = { args_schema: { since: { required: true }, owner: { required: true } } };
		expect(() => check(job, 'a1')).toThrow(
			expect.objectContaining({
				message: "The sync job needs the arguments 'since' and 'owner'",
				description: "Enter them under 'Arguments'.",
			}),
		);
		expect(() => check(job, undefined, undefined, { owner: 2 })).toThrow(
			expect.objectContaining({
				message: "The sync job needs the argument 'since'",
				description: "Enter it under 'Arguments'. Choose the account under 'Integrated Account'.",
			}),
		);
		expect(() => check(job, 'a1', undefined, { since: 1, owner: 2 })).not.toThrow();
	});

	test.each<[string, JsonRecord, string | undefined, boolean]>([
		['of version 3 with one', { default_runtime_version: 3 }, 'a1', true],
		['of version 3 without one', { default_runtime_version: 3 }, undefined, false],
		['of an unknown version without one', {}, undefined, false],
		['of a version in words without one', { default_runtime_version: '4' }, undefined, false],
		['of version 4 without one', { default_runtime_version: 4 }, undefined, true],
		[
			'of version 3 that takes it as an argument',
			{ ...withAccount, default_runtime_version: 3 },
			undefined,
			true,
		],
	])('needs an account: %s', (_, job, accountId, isFine) => {
		const start = () => check(job, accountId);
		if (isFine) expect(start).not.toThrow();
		else
			expect(start).toThrow(
				expect.objectContaining({
					message: 'No integrated account selected',
					description: expect.stringContaining("under 'Integrated Account'"),
				}),
			);
	});

	test.each<[Json, Json, boolean]>([
		[1, 'batch', false],
		[2, 'batch', true],
		[1, 'fail_fast', true],
		[1, null, true],
	])('in version %j may report errors as %j: %j', (version, errorHandling, isFine) => {
		const start = () => check({ default_runtime_version: version }, 'a1', errorHandling);
		if (isFine) expect(start).not.toThrow();
		else
			expect(start).toThrow(
				expect.objectContaining({
					message: "This sync job can't report errors in batches: it has runtime version 1",
					description: expect.stringContaining("another 'Error Handling'"),
				}),
			);
	});
});
