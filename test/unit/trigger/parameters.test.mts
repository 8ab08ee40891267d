import { describe, expect, it, test } from '@jest/globals';

import { ParameterReader } from '../../../lib/parameters/reader';
import {
	readAdmission,
	readEventOutput,
	triggerProperties,
} from '../../../nodes/TrutoTrigger/parameters';

const MINUTE = 60_000;
const JOB = '5a000000-0000-4000-8000-000000000001';

const reader = (values: Record<string, unknown>) =>
	new ParameterReader((name, fallback) => values[name] ?? fallback, 'UTC');

const toleranceOf = (toleranceMinutes: unknown) =>
	readAdmission(reader({ options: { toleranceMinutes } })).toleranceMs;

describe('the tolerance', () => {
	test.each([
		[undefined, 5],
		['', 5],
		[5, 5],
		['60', 60],
		[2.5, 2.5],
		// The last of three retries comes 30 s after the first try at most; a try may take some time.
		[1, 2],
		[0.1, 2],
		[1e-9, 2],
	])('of %j minutes is %d', (given, minutes) => {
		expect(toleranceOf(given)).toBe(minutes * MINUTE);
	});

	it('of 0 is without limit', () => {
		expect(toleranceOf(0)).toBe(Number.POSITIVE_INFINITY);
	});

	test.each(['long', -1, {}])('cannot be %j', (given) => {
		expect(() => toleranceOf(given)).toThrow("'Tolerance (Minutes)' is not valid");
	});
});

describe('the events', () => {
	it('are those that end a run unless told otherwise', () => {
		const expected = ['sync_job_run:completed', 'sync_job_run:failed'];
		expect(readAdmission(reader({})).events).toEqual(expected);
	});

	it('must be some', () => {
		expect(() => readAdmission(reader({ events: [] }))).toThrow('No events are selected');
	});
});

describe('the filters', () => {
	test.each([
		[{}, {}],
		[{ syncJobId: JOB }, { syncJobId: JOB }],
		[{ syncJobId: { mode: 'list', value: '' }, integratedAccountId: null }, {}],
		[{ integratedAccountId: { mode: 'id', value: JOB } }, { integratedAccountId: JOB }],
	])('%j', (filters, expected) => {
		const { filter } = readAdmission(reader({ filters }));
		expect(JSON.parse(JSON.stringify(filter))).toEqual(expected);
	});
});

describe('what is made of an event', () => {
	it('is as it came unless told otherwise', () => {
		expect(readEventOutput(reader({}))).toEqual({
			shape: { kind: 'simplified' },
			splitRecords: false,
		});
	});

	it('takes what expressions give', () => {
		const values = { splitRecords: 'true', simplify: 'false' };
		expect(readEventOutput(reader(values))).toEqual({
			shape: { kind: 'raw' },
			splitRecords: true,
		});
	});
});

describe('the parameters', () => {
	const named = (name: string) => triggerProperties.find((property) => property.name === name);

	it('offer the events that Truto has, grouped by their first word', () => {
		const offered = named('events')?.options?.map(({ name }) => name) ?? [];
		expect(offered).toHaveLength(20);
		expect(new Set(offered.map((name) => name.split(' ')[0]))).toEqual(
			new Set(['Account', 'Run', 'Schedule']),
		);
		expect(offered).toEqual([...offered].sort((a, b) => a.localeCompare(b)));
	});

	it('have one name each', () => {
		const names = triggerProperties.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});
});
