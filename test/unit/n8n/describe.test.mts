import { describe, expect, it } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';

import { describeResources, inOrder } from '../../../lib/n8n/describe';
import type { Operation } from '../../../lib/n8n/operation';
import { deepFreeze } from '../helpers/deepFreeze.mts';

function property(name: string, more: Partial<INodeProperties> = {}): INodeProperties {
	return { displayName: name, name, type: 'string', default: '', ...more };
}

function operation(name: string, properties: INodeProperties[]): Operation {
	const value = name.toLowerCase();
	return {
		option: { name, value, action: `${name} it`, description: `${name}s` },
		properties,
		run: () => Promise.resolve([]),
	};
}

const id = property('id');
const simplify = property('simplify', { displayOptions: { show: { split: [false] } } });
const options = property('options', {
	displayOptions: { hide: { id: [''] }, hideOnCloud: true },
});

const runs = {
	option: { name: 'Run', value: 'run' },
	operations: [
		operation('Stop', [id, options]),
		operation('Get', [id, simplify, options]),
		operation('List', [options]),
	],
	defaultOperation: 'get',
};
const jobs = {
	option: { name: 'Job', value: 'job' },
	operations: [operation('Get', [id])],
	defaultOperation: 'get',
};

const properties = describeResources('run', deepFreeze([runs, jobs]));

describe('the parameters of a node', () => {
	it('are the resource, the operations of each resource, then the parameters of each', () => {
		expect(properties.map(({ name }) => name)).toEqual([
			'resource',
			'operation',
			'operation',
			'id',
			'simplify',
			'options',
			'id',
		]);
	});

	it('offer the resources, sorted by name', () => {
		expect(properties[0]).toMatchObject({
			type: 'options',
			noDataExpression: true,
			options: [jobs.option, runs.option],
			default: 'run',
		});
	});

	it('offer the operations of the chosen resource, sorted by name', () => {
		expect(properties.slice(1, 3)).toMatchObject([
			{
				noDataExpression: true,
				displayOptions: { show: { resource: ['run'] } },
				options: [{ name: 'Get' }, { name: 'List' }, { name: 'Stop' }],
				default: 'get',
			},
			{
				displayOptions: { show: { resource: ['job'] } },
				options: [{ name: 'Get', value: 'get', action: 'Get it', description: 'Gets' }],
			},
		]);
	});

	it('show a parameter that operations share once, for all of them', () => {
		const shown = properties.filter(({ name }) => name === 'id');
		expect(shown.map(({ displayOptions }) => displayOptions?.show)).toEqual([
			{ resource: ['run'], operation: ['stop', 'get'] },
			{ resource: ['job'], operation: ['get'] },
		]);
	});

	it('keep the conditions that a parameter has of its own', () => {
		expect(properties.find(({ name }) => name === 'simplify')?.displayOptions).toEqual({
			show: { resource: ['run'], operation: ['get'], split: [false] },
		});
		expect(properties.find(({ name }) => name === 'options')?.displayOptions).toEqual({
			show: { resource: ['run'], operation: ['stop', 'get', 'list'] },
			hide: { id: [''] },
			hideOnCloud: true,
		});
	});

	it('are copies: the parameters given stay as they were', () => {
		expect(id).not.toHaveProperty('displayOptions');
		expect(runs.operations.map(({ option }) => option.name)).toEqual(['Stop', 'Get', 'List']);
	});
});

describe('the order of shared parameters', () => {
	it('agrees with every list', () => {
		expect(
			inOrder([
				['a', 'c'],
				['b', 'c'],
				['a', 'b'],
			]),
		).toEqual(['a', 'b', 'c']);
		expect(inOrder([['c'], ['b', 'c'], ['a', 'b']])).toEqual(['a', 'b', 'c']);
		expect(inOrder([])).toEqual([]);
	});

	it('is refused if two lists contradict each other', () => {
		expect(() =>
			inOrder([
				['a', 'b'],
				['b', 'a'],
			]),
		).toThrow('different orders');
	});
});
