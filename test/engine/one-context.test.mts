import './n8n/environment.mts';

import { join } from 'node:path';

import { expect, it, jest } from '@jest/globals';
import { DataDeduplicationService, PollContext } from 'n8n-core';
import { getGlobalState, NodeOperationError, setGlobalState } from 'n8n-workflow';

import { TrutoPollingTrigger } from '../../nodes/TrutoPollingTrigger/TrutoPollingTrigger.node';
import { LOAD } from '../load-package.mts';
import type Environment from '../one-context.mts';
import { NODE_TYPES } from './n8n/node-types.mts';
import './n8n/processed-data.mts';
import { prepareWorkflow } from './n8n/run-workflow.mts';

const variables = globalThis as unknown as Record<PropertyKey, unknown>;
const load = variables[LOAD] as (path: string) => unknown;

// The module that Jest has loaded, not another one in its registry.
const path = join(import.meta.dirname, '../one-context.mts');
const { default: OneContext } = load(path) as { default: typeof Environment };
const projectConfig = { fakeTimers: {} } as ConstructorParameters<
	typeof OneContext
>[0]['projectConfig'];

function logger(): PollContext['logger'] {
	const node = { name: 'Truto', type: NODE_TYPES.trutoPollingTrigger };
	const credential = { apiToken: 'token', baseUrl: 'http://127.0.0.1:1' };
	const { workflow, additionalData } = prepareWorkflow({
		nodes: [node],
		connections: {},
		credential,
	});
	const [first] = Object.values(workflow.nodes);
	if (!first) throw new Error('The workflow has a node');
	return new PollContext(workflow, first, additionalData, 'trigger', 'activate').logger;
}

it('what a test file has changed of n8n is put back when it ends', async () => {
	const environment = new OneContext({ projectConfig });
	const before = logger();
	expect(logger()).toBe(before);
	const service = DataDeduplicationService.getInstance();
	expect(service).toBeInstanceOf(DataDeduplicationService);
	setGlobalState({ defaultTimezone: 'Europe/Berlin' });

	environment.teardown();

	expect(logger()).not.toBe(before);
	expect(() => DataDeduplicationService.getInstance()).toThrow('Instance needs to initialized');
	expect(getGlobalState()).toEqual({ defaultTimezone: 'America/New_York' });
});

it('so is what it has changed of the process', () => {
	process.env.GIVEN = 'by a test before';
	variables.given = 'by a test before';
	const { fetch, setTimeout } = globalThis;
	const { exit, listeners } = process;
	const { now } = Date;
	const environment = new OneContext({ projectConfig });

	process.env.GIVEN = 'changed';
	process.env.ADDED = 'by a test';
	variables.given = 'changed';
	variables.added = 'by a test';
	globalThis.fetch = () => Promise.reject(new Error('Mocked'));
	process.exit = () => {
		throw new Error('Mocked');
	};
	environment.moduleMocker.spyOn(Date, 'now').mockReturnValue(0);
	environment.fakeTimersModern.useFakeTimers();
	expect(globalThis.setTimeout).not.toBe(setTimeout);
	environment.teardown();

	expect(process.env.GIVEN).toBe('by a test before');
	expect(process.env).not.toHaveProperty('ADDED');
	expect(variables.given).toBe('by a test before');
	expect(variables).not.toHaveProperty('added');
	expect(globalThis).toMatchObject({ fetch, setTimeout });
	expect(process).toMatchObject({ exit, listeners });
	expect(Date.now).toBe(now);
	delete process.env.GIVEN;
	delete variables.given;
});

it('n8n’s packages are loaded once for all files, and the product for each', () => {
	const [core, polling] = [
		'node_modules/n8n-core/dist/index.js',
		'nodes/TrutoPollingTrigger/TrutoPollingTrigger.node.ts',
	].map((path) => join(import.meta.dirname, '../..', path));
	let again: Record<string, unknown> = {};
	jest.isolateModules(() => {
		again = {
			...jest.requireActual<object>(String(core)),
			...jest.requireActual<object>(String(polling)),
		};
	});
	expect(again.PollContext).toBe(PollContext);
	expect(again.TrutoPollingTrigger).not.toBe(TrutoPollingTrigger);
});

it('tests and n8n share one context, as nodes and n8n do', () => {
	const error = new NodeOperationError({ name: 'Truto' } as never, 'Failed');
	expect(error).toBeInstanceOf(Error);
	expect(Object.getPrototypeOf(structuredClone({}))).toBe(Object.prototype);
	expect(Object.getPrototypeOf(process.versions)).toBe(Object.prototype);
});
