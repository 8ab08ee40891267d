import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { plannedRequests, unstartedResources } from '../../../lib/runs/unstartedResources';
import { readRun } from '../../../lib/truto/run';

const unified: JsonRecord[] = [
	{ resource: 'crm/contacts', method: 'list' },
	{ resource: 'crm/notes', method: 'list' },
	{ resource: 'crm/notes', method: 'get' },
];
const proxy: JsonRecord[] = [{ resource: 'contacts', method: 'list' }, { resource: 'notes' }];
const nodes: JsonRecord[] = [
	{ name: 'state', type: 'get_state' },
	{ name: 'active', type: 'request', resource: 'crm/contacts', method: 'list' },
	{ name: 'archived', type: 'request', resource: 'crm/contacts', method: 'list' },
	{ name: 'all_notes', type: 'request', resource: 'crm/notes', method: 'list' },
	{ name: 'tidy', type: 'transform', depends_on: 'active' },
	{ name: 'out', type: 'destination' },
];

/** The names of what is unstarted, if these names have statistics. */
function unstarted(resources: JsonRecord[], started: string[]): string[] {
	const stats = Object.fromEntries(started.map((name) => [name, {}]));
	return unstartedResources(readRun({ resources }), stats).map(
		({ resource, methods }) => `${resource} ${methods.join('+')}`,
	);
}

describe('unstarted resources', () => {
	test.each<[string, JsonRecord[], string[], string[]]>([
		['nothing has started', unified, [], ['crm/contacts list', 'crm/notes list+get']],
		['one has started', unified, ['crm/contacts'], ['crm/notes list+get']],
		['one has started by its proxy name', unified, ['contacts'], ['crm/notes list+get']],
		[
			'another API has one of that name',
			unified,
			['hris/contacts', 'crm/notes'],
			['crm/contacts list'],
		],
		['all have started', unified, ['crm/notes', 'contacts'], []],
		['proxy: one has started', proxy, ['contacts'], ['notes ']],
		['proxy: one has started by its unified name', proxy, ['crm/contacts'], ['notes ']],
		['proxy: another name ends alike', proxy, ['mycontacts', 'notes'], ['contacts list']],
		['nodes: nothing has started', nodes, [], ['crm/contacts list', 'crm/notes list']],
		['nodes: by name', nodes, ['active'], ['archived list', 'all_notes list']],
		['nodes: by resource', nodes, ['crm/contacts'], ['crm/notes list']],
		['nodes: by proxy name', nodes, ['contacts'], ['crm/notes list']],
		['nodes: all by name', nodes, ['active', 'archived', 'all_notes'], []],
		[
			'nodes: by name, beside one without a name',
			[...nodes, { resource: 'crm/deals', method: 'list' }],
			['active', 'archived'],
			['all_notes list', 'crm/deals list'],
		],
		['a node of another type counts too', nodes, ['tidy', 'crm/contacts', 'crm/notes'], []],
	])('if %s', (_, resources, started, expected) => {
		expect(unstarted(resources, started)).toEqual(expected);
	});

	it('have no methods if the job names none', () => {
		const resources: JsonRecord[] = [{ resource: 'notes' }, { resource: 'notes', method: 'get' }];
		expect(unstartedResources(readRun({ resources }), {})).toEqual([
			{ resource: 'notes', methods: ['get'] },
		]);
		expect(unstartedResources(readRun({ resources: [{ resource: 'a' }] }), {})).toEqual([
			{ resource: 'a', methods: [] },
		]);
	});

	it('take no name of a prototype for a start', () => {
		expect(unstarted([{ resource: 'toString' }, { resource: '__proto__' }], [])).toEqual([
			'toString ',
			'__proto__ ',
		]);
	});
});

describe('the requests of a run', () => {
	const job = { resources: [{ resource: 'of the job' }] };
	const ofTheJob = { resource: 'of the job', name: null, method: null, persist: null };

	it('are its own, as they override those of the job', () => {
		const run = { resources: [{ resource: 'own' }], sync_job: job };
		expect(plannedRequests(readRun(run)).map(({ resource }) => resource)).toEqual(['own']);
	});

	test.each([[null], [[]], ['x'], [{}], [undefined]])(
		'are those of the job if it has %j',
		(own) => {
			const run: JsonRecord = { sync_job: job };
			if (own !== undefined) run.resources = own;
			expect(plannedRequests(readRun(run))).toEqual([ofTheJob]);
		},
	);

	it('are none if neither is there', () => {
		expect(plannedRequests(readRun({ sync_job: null }))).toEqual([]);
	});
});
