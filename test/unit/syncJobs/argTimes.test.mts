import { describe, expect, it, test } from '@jest/globals';

import type { Json, JsonRecord } from '../../../lib/json';
import { datedArgs } from '../../../lib/syncJobs/argTimes';
import { readSyncJob } from '../../../lib/truto/syncJob';
import { useMachineZone } from '../helpers/machineZone.mts';

useMachineZone('Pacific/Auckland');

const job: JsonRecord = {
	args_schema: {
		day: { type: 'string', format: 'date' },
		since: { type: 'string', format: 'updated_at' },
		text: { type: 'string' },
	},
};

const dated = (args: JsonRecord) => datedArgs(readSyncJob(job), args, 'Europe/Berlin');

describe('a day', () => {
	test.each([
		['2026-07-01T23:30:00', '2026-07-01'],
		['2026-07-01T23:30:00.000-07:00', '2026-07-01'],
		['2026-07-01', '2026-07-01'],
		['yesterday', 'yesterday'],
		['at 2026-07-01T10:00', 'at 2026-07-01T10:00'],
		['2026-07-01Tomorrow', '2026-07-01Tomorrow'],
		[20260701, 20260701],
		[null, null],
	])('of %j is %j', (given, day) => {
		expect(dated({ day: given })).toEqual({ day });
	});
});

describe('a time', () => {
	test.each([
		['2026-07-01T10:00', '2026-07-01T08:00:00.000Z'],
		['2026-07-01T10:00:00', '2026-07-01T08:00:00.000Z'],
		['2026-07-01T10:00:00.5', '2026-07-01T08:00:00.500Z'],
		['2026-07-01T10:00:00.123', '2026-07-01T08:00:00.123Z'],
		['2026-07-01T10:00:00Z', '2026-07-01T10:00:00Z'],
		['2026-07-01T10:00:00+05:30', '2026-07-01T10:00:00+05:30'],
		['2026-07-01T25:00:00', '2026-07-01T25:00:00'],
		['2026-07-01T1', '2026-07-01T1'],
		['2026-07-01', '2026-07-01'],
		[['2026-07-01T10:00'], ['2026-07-01T10:00']],
	])('of %j is %j', (given, since) => {
		expect(dated({ since: given })).toEqual({ since });
	});
});

it("takes n8n's date objects", () => {
	const time = { toJSON: () => '2026-07-01T23:30:00.000+02:00' } as unknown as Json;
	expect(dated({ day: time, since: time })).toEqual({
		day: '2026-07-01',
		since: '2026-07-01T23:30:00.000+02:00',
	});
});

it('leaves all other arguments as they are', () => {
	const args = JSON.parse('{"text":"2026-07-01T10:00","other":5,"__proto__":1}') as JsonRecord;
	expect(JSON.stringify(dated(args))).toBe(JSON.stringify(args));
});
