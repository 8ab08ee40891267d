import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import { aRun, known } from './cases.mts';

describe('records that are only partly persisted', () => {
	it('are healthy, but the next step names the gap', () => {
		const run = aRun({
			resources: [{ resource: 'crm/contacts' }],
			resource_stats: { 'crm/contacts': { list: { fetched: 1000, persisted: 1 } } },
		});
		const { verdict, next_step: nextStep, summary } = diagnose(known(run, { logs: [] }));
		expect(verdict).toBe('healthy');
		expect(nextStep).toBe(
			'Nothing to do if the sync job is meant to leave records out: of 1000 records fetched for crm/contacts, 999 were not persisted.',
		);
		expect(summary).toContain('of 1000 records fetched for crm/contacts, 999 were');
	});
});

describe('dropped records', () => {
	const verdictOf = (resources: JsonRecord[string], stats: JsonRecord) =>
		diagnose(known(aRun({ resources, resource_stats: stats }), { logs: [] })).verdict;
	const lost = { list: { fetched: 5, persisted: 0 } };
	const kept = { list: { fetched: 5, persisted: 5 } };

	test.each<[string, JsonRecord[], JsonRecord, string]>([
		[
			'a unified resource',
			[{ resource: 'crm/a' }, { resource: 'crm/b' }],
			{ 'crm/a': lost, 'crm/b': kept },
			'records_dropped',
		],
		[
			'a unified resource by its proxy name',
			[{ resource: 'crm/a' }, { resource: 'crm/b' }],
			{ a: lost, 'crm/b': kept },
			'records_dropped',
		],
		[
			'a proxy resource that is to be persisted',
			[{ resource: 'a', persist: true }],
			{ a: lost, b: kept },
			'records_dropped',
		],
		[
			'a proxy resource that is not to be persisted',
			[{ resource: 'a' }, { resource: 'b', persist: true }],
			{ a: lost, b: kept },
			'healthy',
		],
		[
			'only a proxy resource that is not to be persisted',
			[{ resource: 'a' }],
			{ a: lost },
			'healthy',
		],
		[
			'a node that others may only depend on',
			[{ type: 'request', name: 'a', resource: 'crm/a' }],
			{ a: lost, b: kept },
			'healthy',
		],
		[
			'all nodes',
			[{ type: 'request', name: 'a', resource: 'crm/a' }],
			{ a: lost },
			'records_dropped',
		],
		[
			'a proxy resource that the first of its requests is to persist',
			[{ resource: 'a', persist: true }, { resource: 'a' }],
			{ a: lost, b: kept },
			'records_dropped',
		],
		[
			'a node that a destination names',
			[
				{ type: 'request', name: 'a', resource: 'crm/a' },
				{ type: 'destination', name: 'out', resources_to_persist: ['a', 7] },
			],
			{ a: lost, b: kept },
			'records_dropped',
		],
		[
			'a node whose records get to a destination through another node',
			[
				{ type: 'request', name: 'a', resource: 'crm/a' },
				{ type: 'transform', name: 'tidy', depends_on: 'a' },
				{ type: 'destination', name: 'out', depends_on: 'tidy' },
			],
			{ a: lost, b: kept },
			'records_dropped',
		],
		[
			'a node that only a request between it and the destination depends on',
			[
				{ type: 'request', name: 'a', resource: 'crm/a' },
				{ type: 'request', name: 'b', resource: 'crm/b', depends_on: 'a' },
				{ type: 'destination', name: 'out', depends_on: 'b' },
			],
			{ a: lost, b: kept },
			'healthy',
		],
		[
			'a node that only a node without a destination depends on',
			[
				{ type: 'request', name: 'a', resource: 'crm/a' },
				{ type: 'transform', name: 'tidy', depends_on: 'a' },
				{ type: 'destination', name: 'out' },
			],
			{ a: lost, b: kept },
			'healthy',
		],
		[
			'nodes that depend on each other',
			[
				{ type: 'request', name: 'a', resource: 'crm/a' },
				{ type: 'transform', name: 'c', depends_on: ['d', 'a'] },
				{ type: 'transform', name: 'd', depends_on: 'c' },
				{ type: 'destination', name: 'out', depends_on: 'c' },
			],
			{ a: lost, b: kept },
			'records_dropped',
		],
		['a resource that nobody knows', [], { x: lost, y: kept }, 'healthy'],
		['all resources that nobody knows', [], { x: lost, y: lost }, 'records_dropped'],
		[
			'some records of a resource',
			[{ resource: 'crm/a' }],
			{ 'crm/a': { list: { fetched: 5, persisted: 4 } } },
			'healthy',
		],
		[
			'a resource without a count of what was persisted',
			[{ resource: 'crm/a' }],
			{ 'crm/a': { list: { fetched: 5 } } },
			'healthy',
		],
	])('%s', (_, resources, stats, verdict) => {
		expect(verdictOf(resources, stats)).toBe(verdict);
	});

	it('are those that the job sends on, if the run names no resources of its own', () => {
		const stats = { a: lost, 'crm/b': kept };
		const job = { resources: [{ resource: 'a' }, { resource: 'crm/b' }] };
		const run = aRun({ resources: [], resource_stats: stats });
		expect(diagnose(known(run, { job, logs: [] })).verdict).toBe('healthy');
	});

	it('are counted if the job sends them on', () => {
		const run = aRun({
			resources: [{ resource: 'a' }, { resource: 'crm/b' }],
			resource_stats: {
				a: lost,
				'crm/b': { list: { fetched: 5, persisted: 4 } },
				c: { list: 7 },
				d: { list: { fetched: 5 } },
				e: { list: { persisted: 5 } },
			},
		});
		expect(diagnose(known(run, { logs: [] })).resources).toEqual([
			{ resource: 'a', fetched: 5, persisted: 0, dropped: 0 },
			{ resource: 'crm/b', fetched: 5, persisted: 4, dropped: 1 },
			{ resource: 'c', fetched: null, persisted: null, dropped: null },
			{ resource: 'd', fetched: 5, persisted: null, dropped: null },
			{ resource: 'e', fetched: null, persisted: 5, dropped: null },
		]);
	});

	it('are listed first if there are many resources', () => {
		const stats = Object.fromEntries(
			Array.from({ length: 300 }, (_, index) => [`r${index}`, index === 250 ? lost : kept]),
		);
		const { resources } = diagnose(known(aRun({ resources: [], resource_stats: stats })));
		expect(resources).toHaveLength(100);
		expect(resources.slice(0, 2).map(({ resource }) => resource)).toEqual(['r250', 'r0']);
	});
});
