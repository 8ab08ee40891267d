import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { adviceOn } from '../../../../lib/runs/diagnose/advice';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import { factsOf } from '../../../../lib/runs/diagnose/facts';
import { findingOf } from '../../../../lib/runs/diagnose/finding';
import { aRun, failure, going, known, page } from './cases.mts';

describe('the verdict', () => {
	test.each<[string, JsonRecord, JsonRecord[], string]>([
		['a new word that has ended', aRun({ status: 'brand_new' }), [page()], 'healthy'],
		[
			'a new word that has ended badly',
			aRun({ status: 'brand_new' }),
			[page(), failure()],
			'failed',
		],
		['running, with a time of its end', aRun({ status: 'running' }), [page()], 'healthy'],
		['a new word that goes on', going('brand_new'), [], 'running'],
		[
			'a new word without an update, as nobody knows how long it may take',
			going('brand_new', { updated_at: '2026-11-24 11:00:00' }),
			[],
			'running',
		],
		['no status at all', going('x', { status: null, updated_at: null }), [], 'running'],
		[
			'waiting for ever, but not stuck',
			going('created', { updated_at: '2026-11-20 11:00:00' }),
			[],
			'waiting',
		],
		[
			'paused for ever, but not stuck',
			going('rate_limited', { updated_at: '2026-11-20 11:00:00' }),
			[],
			'paused',
		],
		[
			'bare numbers, which nobody can read',
			aRun({ resource_stats: { a: { list: 5 } } }),
			[],
			'healthy',
		],
		['statistics that can not be read', aRun({ resource_stats: 'soon' }), [], 'healthy'],
		['no statistics, but records in the logs', aRun({ resource_stats: {} }), [page()], 'healthy'],
		['no statistics and no records', aRun({ resource_stats: null }), [], 'nothing_fetched'],
		[
			'nothing fetched, with errors',
			aRun({ status: 'brand_new', resource_stats: {} }),
			[failure({ num_records: 0 })],
			'failed',
		],
		[
			'delivery before all',
			aRun({ resource_stats: {} }),
			[page({ webhook_successful: false })],
			'not_delivered',
		],
		[
			'a refused page without records',
			aRun(),
			[page({ webhook_successful: false, num_records: 0 })],
			'healthy',
		],
	])('of %s', (_, run, logs, verdict) => {
		expect(diagnose(known(run, { logs })).verdict).toBe(verdict);
	});

	it('counts a run as stuck after the time that was asked for', () => {
		const run = going('running', { updated_at: '2026-11-24 11:50:00' });
		expect(diagnose({ ...known(run), stuckAfterMinutes: 11 }).verdict).toBe('running');
		expect(diagnose({ ...known(run), stuckAfterMinutes: 10 }).verdict).toBe('stuck');
	});
});

describe('where a run stands', () => {
	const place = (stats: JsonRecord) =>
		diagnose(known(going('running', { resource_stats: stats }))).stopped_at;

	it('is the last resource, and the last of its methods that has counted anything', () => {
		expect(place({ a: { list: 1 }, b: { list: { n: 1, cursor: null }, get: {} } })).toEqual({
			resource: 'b',
			method: 'list',
		});
		expect(place({ a: { list: 1, get: { n: 1, cursor: null } } })).toEqual({
			resource: 'a',
			method: 'get',
		});
		expect(place({ a: { list: {} } })).toEqual({ resource: 'a', method: null });
		expect(place({ a: 7 })).toEqual({ resource: 'a', method: null });
		expect(place({})).toBeNull();
	});
});

describe('a pause of another kind than a rate limit', () => {
	const paused = known(going('rate_limited'), { logs: [] });
	const facts = factsOf(paused);
	const held = { ...facts, run: { ...facts.run, status: 'held' } };
	const step = (resumesAt: number) => {
		const { next_step } = adviceOn(paused, { ...held, resumesAt }, findingOf(held));
		return next_step;
	};

	it('has no known cause', () => {
		expect(findingOf(facts).cause).toBe('rate_limit');
		expect(findingOf(held).cause).toBeNull();
	});

	it('does not end with a rate limit', () => {
		expect(step(Number.NaN)).toBe('Wait: the run resumes automatically. Do not restart it.');
		expect(step(Date.UTC(2126, 0, 1))).toBe(
			'Wait: the run resumes automatically on 1 Jan 2126 00:00 UTC. Do not restart it.',
		);
	});
});
