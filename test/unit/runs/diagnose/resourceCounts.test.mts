import { describe, expect, it, test } from '@jest/globals';

import type { Json } from '../../../../lib/json';
import { countResources } from '../../../../lib/runs/diagnose/resourceCounts';

/** Whether the records of the resource are sent on by these resources of a job. */
const expected = (resources: Json[], resource = 'contacts') =>
	countResources({ [resource]: { list: { fetched: 3 } } }, resources)[0]?.expected;

const request = (name: string, more = {}) => ({
	...{ type: 'request', name, resource: `crm/${name}`, method: 'list' },
	...more,
});
const transform = (name: string, dependsOn: Json) => ({
	...{ type: 'transform', name, depends_on: dependsOn },
});
const destination = (more: object) => ({ type: 'destination', name: 'out', ...more });

describe('whether records are sent on, by a version 4 job', () => {
	test.each<[string, boolean | null, Json]>([
		[
			'a destination names the request',
			true,
			[destination({ resources_to_persist: ['contacts'] })],
		],
		['a destination depends on the request', true, [destination({ depends_on: 'contacts' })]],
		[
			'a destination names a node behind which the request is',
			true,
			[
				transform('clean', ['map']),
				transform('map', 'contacts'),
				destination({ resources_to_persist: ['clean'] }),
			],
		],
		[
			'a destination names another request, which depends on this one',
			null,
			[
				request('notes', { depends_on: ['contacts'] }),
				destination({ resources_to_persist: ['notes'] }),
			],
		],
		['nodes depend on the request, but no destination', null, [transform('clean', ['contacts'])]],
		[
			'nodes depend on each other',
			null,
			[
				transform('a', ['b']),
				transform('b', ['a']),
				destination({ resources_to_persist: ['a', 'unheard of'] }),
			],
		],
	])('if %s: %j', (_, isSentOn, nodes) => {
		expect(expected([request('contacts'), ...(nodes as Json[])])).toBe(isSentOn);
	});
});

test.each<[string, Json[], string, boolean | null]>([
	[
		'a proxy resource',
		[{ resource: 'crm/contacts' }, { resource: 'contacts', persist: false }],
		'contacts',
		false,
	],
	[
		'a node',
		[
			{ ...request('all'), resource: 'crm/contacts' },
			request('contacts', { resource: 'crm/notes' }),
			destination({ depends_on: 'all' }),
		],
		'contacts',
		null,
	],
	['a resource in short', [{ resource: 'crm/contacts' }], 'contacts', true],
])('a name in full goes before the short form of another: %s', (_, resources, name, isSentOn) => {
	expect(expected(resources, name)).toBe(isSentOn);
});

describe('whether records are sent on, by a job of version 1 to 3', () => {
	test.each<[string, boolean | null, Json[]]>([
		['crm/contacts', true, [{ resource: 'crm/contacts' }]],
		['contacts', true, [{ resource: 'crm/contacts' }]],
		['contacts', true, [{ resource: 'crm/v2/contacts' }]],
		['contacts', true, [{ resource: 'contacts', persist: true }]],
		['contacts', false, [{ resource: 'contacts', persist: false }]],
		['contacts', false, [{ resource: 'contacts' }, { resource: 'crm/contacts' }]],
		['contacts', null, [{ resource: 'crm/notes' }]],
		['contacts', null, ['none']],
		['contacts', null, []],
	])('%s: %j of %j', (resource, isSentOn, resources) => {
		expect(expected(resources, resource)).toBe(isSentOn);
	});
});

describe('what was dropped', () => {
	test.each<[object, number | null]>([
		[{ fetched: 5, persisted: 3 }, 2],
		[{ fetched: 3, persisted: 5 }, 0],
		[{ fetched: 5 }, null],
		[{ persisted: 5 }, null],
	])('%j: %j', (list, dropped) => {
		const stats = { 'crm/contacts': { list } } as never;
		expect(countResources(stats, [])).toMatchObject([{ dropped }]);
	});

	test.each<[object, number | null]>([
		[{ fetched: 5, persisted: 3 }, 0],
		[{ fetched: 5 }, null],
	])('%j, of a resource that is not sent on: %j', (list, dropped) => {
		const stats = { contacts: { list } } as never;
		expect(countResources(stats, [{ resource: 'contacts' }])).toMatchObject([{ dropped }]);
	});
});

describe('the last method', () => {
	it('is the last one that has a count', () => {
		const stats = { list: { fetched: 3 }, get: { fetched: null } };
		expect(countResources({ 'crm/contacts': stats }, [])).toMatchObject([{ method: 'list' }]);
	});

	it('is of no resource if there are no statistics', () => {
		expect(countResources(null, [])).toEqual([]);
	});
});
