import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const getMany = async (parameters: INodeParameters, timezone = 'UTC') =>
	await runTruto({
		simulator: truto(),
		parameters: { operation: 'getAll', ...parameters },
		timezone,
	});

const queries = () => truto().requests.map(({ query }) => query);

describe('the parameters of Get Many', () => {
	it.each([
		['a text', '={{ "failed,stopped" }}'],
		['a text with spaces', '={{ "failed, stopped" }}'],
		['JSON', '={{ \'["failed","stopped"]\' }}'],
		['a list', '={{ ["failed", "stopped"] }}'],
		['names', '={{ "Failed, Stopped" }}'],
	])('take several statuses from %s', async (_, status) => {
		const { rows, error } = await getMany({ returnAll: true, filters: { status } });

		expect(error).toBeUndefined();
		expect(queries()[0]).toMatchObject({ 'status[in]': 'failed,stopped' });
		expect(new Set(rows.map((row) => row.status))).toEqual(new Set(['failed', 'stopped']));
	});

	it.each([
		['Created After', { createdAfter: '={{ $json.lastReport }}' }],
		['Created Before', { createdBefore: '={{ null }}' }],
		['Status', { status: '={{ undefined }}' }],
		['Status', { status: [] }],
	])('refuse a filter that was added but is empty: %s %j', async (name, filters) => {
		const { error } = await getMany({ returnAll: true, filters });

		expect(error?.message).toBe(`'${name}' is empty [item 0]`);
		expect(queries()).toEqual([]);
	});

	it('refuse a status that is none', async () => {
		const { error } = await getMany({ filters: { status: '={{ "failed,broken" }}' } });

		expect(error?.message).toMatch(/^'Status' is not valid: broken/);
		expect(queries()).toEqual([]);
	});

	it.each([
		['={{ "false" }}', 'resource_stats'],
		['={{ "0" }}', 'resource_stats'],
		// Nothing is given, so it is as it is by default: on.
		['={{ null }}', 'duration_seconds'],
		['={{ "" }}', 'duration_seconds'],
		['={{ undefined }}', 'duration_seconds'],
	])('take %s for Simplify: a row has %s', async (simplify, column) => {
		const { rows, error } = await getMany({ limit: 1, simplify });

		expect(error).toBeUndefined();
		expect(rows[0]).toHaveProperty(column);
		expect(Object.hasOwn(rows[0] ?? {}, 'args')).toBe(column === 'resource_stats');
	});

	it.each(['={{ "false" }}', '={{ "0" }}', '={{ null }}', '={{ "" }}', '={{ undefined }}'])(
		'take %s for false if it is about all results, or a split',
		async (no) => {
			const { rows, error } = await getMany({
				returnAll: no,
				limit: 3,
				splitResourceStats: no,
				simplify: false,
			});

			expect(error).toBeUndefined();
			expect(rows).toHaveLength(3);
			expect(rows[0]).toHaveProperty('resource_stats');
		},
	);

	it.each(['={{ "" }}', '={{ null }}', '={{ undefined }}'])(
		'have their defaults if a number is %s',
		async (nothing) => {
			const { rows, error } = await getMany({ limit: nothing });

			expect(error).toBeUndefined();
			expect(rows).toHaveLength(50);
			expect(queries()).toEqual([{ limit: '50', sort: '-created_at' }]);
		},
	);

	it.each([
		['syncJobId', "'Sync Job' is empty"],
		['integratedAccountId', "'Integrated Account' is empty"],
	])('refuse a filter that got nothing: %s', async (name, message) => {
		for (const nothing of [
			'={{ undefined }}',
			'={{ null }}',
			'={{ "" }}',
			'={{ $json.missing }}',
		]) {
			const { error } = await getMany({ filters: { [name]: byId(nothing) } });
			expect(error?.message).toBe(`${message} [item 0]`);
		}
		expect(queries()).toEqual([]);
	});

	it('name all empty filters at once, and the way out', async () => {
		const { error } = await getMany({
			filters: {
				status: [],
				createdAfter: '',
				syncJobId: byId('={{ "" }}'),
				createdBefore: '2027-01-01',
			},
		});

		expect(error?.message).toBe("'Created After', 'Status' and 'Sync Job' are empty [item 0]");
		expect(error?.description).toBe(
			'Enter a value or remove the filter. An expression may have returned nothing for this item.',
		);
		expect(queries()).toEqual([]);
	});

	it.each([
		['11/24/2026', 'America/New_York', '2026-11-24T05:00:00.000Z'],
		['11-24-2026', 'Europe/Berlin', '2026-11-23T23:00:00.000Z'],
		['1 Jul 2026 09:00', 'America/New_York', '2026-07-01T13:00:00.000Z'],
		['2026-07-01T09:00:00', 'Europe/Berlin', '2026-07-01T07:00:00.000Z'],
		['={{ DateTime.fromISO("2026-07-01T09:00:00Z") }}', 'UTC', '2026-07-01T09:00:00.000Z'],
		['={{ 1782896400 }}', 'Asia/Kolkata', '2026-07-01T09:00:00.000Z'],
	])('take a date as one of the zone of the workflow: %s in %s', async (date, zone, sent) => {
		const { error } = await getMany({ filters: { createdBefore: date } }, zone);

		expect(error).toBeUndefined();
		expect(queries()[0]).toMatchObject({ 'created_at[lt]': sent });
	});
});
