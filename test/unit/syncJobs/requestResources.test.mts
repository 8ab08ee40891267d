import { describe, expect, it, test } from '@jest/globals';

import type { Json } from '../../../lib/json';
import { requestResources } from '../../../lib/syncJobs/requestResources';

const PLAIN = { name: null, method: null, persist: null };

describe('the requests of a sync job', () => {
	it('are the entries of its list, in versions 1 to 3', () => {
		expect(
			requestResources([
				{ resource: 'crm/contacts', method: 'list', name: 'not a node' },
				{ resource: 'notes', method: 'list', persist: true, depends_on: 'crm/contacts' },
				{ resource: 'bare' },
			]),
		).toEqual([
			{ ...PLAIN, resource: 'crm/contacts', method: 'list' },
			{ ...PLAIN, resource: 'notes', method: 'list', persist: true },
			{ ...PLAIN, resource: 'bare' },
		]);
	});

	it('are the request nodes of its graph, in version 4', () => {
		expect(
			requestResources([
				{ name: 'state', type: 'get_state' },
				{ name: 'active', type: 'request', resource: 'crm/contacts', method: 'list' },
				{ name: 'raw', type: 'request', persist: 'yes' },
				{ name: 'tidy', type: 'transform', depends_on: 'active', resource: 'crm/contacts' },
				{ name: 'out', type: 'destination', destination_type: 'webhook' },
			]),
		).toEqual([
			{ ...PLAIN, name: 'active', resource: 'crm/contacts', method: 'list' },
			{ ...PLAIN, name: 'raw', resource: 'raw' },
		]);
	});

	test.each<[Json[]]>([
		[[]],
		[['contacts', null, 7, {}, { resource: null }, { resource: 7 }, [], { type: 'request' }]],
	])('are none in %j', (resources) => {
		expect(requestResources(resources)).toEqual([]);
	});
});
