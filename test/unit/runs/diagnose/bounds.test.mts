import { describe, expect, it } from '@jest/globals';

import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import { failed, failure, known } from './cases.mts';

describe('the errors of a diagnosis', () => {
	it('are counted by resource', () => {
		const logs = [failure(), failure({ resource: null }), failure()];
		expect(diagnose(known(failed(), { logs })).errors).toMatchObject({
			count: 3,
			by_resource: { 'crm/notes': 2, '(no resource)': 1 },
		});
	});

	it('of more than 50 resources are added up', () => {
		const names = Array.from({ length: 53 }, (_, index) => `r${String(index)}`);
		const logs = [...names, 'r0', 'r52'].map((resource) => failure({ resource }));
		const { count, by_resource: byResource } = diagnose(known(failed(), { logs })).errors;
		expect(count).toBe(55);
		expect(Object.keys(byResource)).toHaveLength(51);
		expect(byResource).toMatchObject({ r0: 2, r49: 1, '(others)': 4 });
	});
});

describe('the resources of a diagnosis', () => {
	const resources = (count: number) => {
		const stats = Array.from({ length: count }, (_, index) => [
			`crm/r${String(index)}`,
			{ list: { fetched: 2, persisted: index === count - 1 ? 1 : 2 } },
		]);
		const run = failed({ resources: [], resource_stats: Object.fromEntries(stats) as never });
		return diagnose(known(run, { logs: [] })).resources.map(({ resource }) => resource);
	};

	it('are in the order of Truto, up to 100', () => {
		expect(resources(100)).toHaveLength(100);
		expect(resources(100).at(-1)).toBe('crm/r99');
	});

	it('are 100 of more, first those that lost records', () => {
		expect(resources(101)).toHaveLength(100);
		expect(resources(101).slice(0, 2)).toEqual(['crm/r100', 'crm/r0']);
	});
});
