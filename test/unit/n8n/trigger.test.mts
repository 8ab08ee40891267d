import { describe, expect, it, jest, test } from '@jest/globals';
import type { IExecuteFunctions, INode } from 'n8n-workflow';

import { ExplainedError } from '../../../lib/explainedError';
import {
	notStartedBefore,
	startedBeforeBy,
	type RecordEntries,
} from '../../../lib/n8n/startedBefore';
import { activationError, reasonOf, triggerKey, triggerName } from '../../../lib/n8n/trigger';

const node = { id: 'n1', name: 'Truto Trigger', type: 'trutoTrigger' } as INode;

let workflows = 0;

type Processed = (entries: string[], scope: string, options: object) => Promise<{ new: string[] }>;

const saysNew =
	(...entries: string[]): Processed =>
	async () =>
		await Promise.resolve({ new: entries });

/** What n8n tells a trigger, each time one of another workflow. */
function contextOf({ mode = 'trigger', workflow = {}, record = saysNew() } = {}) {
	workflows++;
	const checkProcessedAndRecord = jest.fn<Processed>(record);
	const warn = jest.fn();
	const n8n = {
		getMode: () => mode,
		getNode: () => node,
		getWorkflow: () => ({ id: `w${workflows}`, name: 'Reports', ...workflow }),
		getExecutionId: () => '7',
		helpers: { checkProcessedAndRecord },
		logger: { warn },
	} as unknown as IExecuteFunctions;
	return { n8n, checkProcessedAndRecord, warn };
}

describe('a trigger', () => {
	test.each([
		['manual', 'w n1 test'],
		['trigger', 'w n1 production'],
		['retry', 'w n1 production'],
	])('has a key, when it runs in the mode %s', (mode, key) => {
		expect(triggerKey(contextOf({ mode, workflow: { id: 'w' } }).n8n)).toBe(key);
	});

	test.each([
		[{ id: 'w' }, "Truto: 'Truto Trigger' of workflow 'Reports' (w)"],
		[{ id: undefined, name: undefined }, "Truto: 'Truto Trigger' of workflow '' (not saved)"],
	])('has a name in the log: %j', (workflow, name) => {
		expect(triggerName(contextOf({ workflow }).n8n)).toBe(name);
	});

	test.each([
		[
			'No event. Choose one.',
			'No event. Choose one.',
			new ExplainedError('No event', 'Choose one.'),
		],
		['Odd', 'Odd.', new Error('Odd')],
	])('says what went wrong, and what to do: %s', (ofActivation, ofLog, error) => {
		const shown = activationError(error, node);

		expect(shown.message).toBe(ofActivation);
		expect(shown).toMatchObject({ description: undefined });
		expect(reasonOf(contextOf().n8n, error)).toBe(ofLog);
	});
});

describe('what has started a workflow before', () => {
	it('is asked of n8n, which keeps two entries for each of 2,500', async () => {
		const { n8n, checkProcessedAndRecord, warn } = contextOf({
			record: saysNew('a', 'a 7', 'b 7'),
		});

		expect(await notStartedBefore(n8n, ['a', 'b'])).toEqual(new Set(['a']));
		expect(checkProcessedAndRecord).toHaveBeenCalledWith(['a', 'a 7', 'b', 'b 7'], 'node', {
			mode: 'entries',
			maxEntries: 5_000,
		});
		expect(warn).not.toHaveBeenCalled();
	});

	it('may be more or fewer', async () => {
		const { n8n, checkProcessedAndRecord } = contextOf();

		await notStartedBefore(n8n, ['a'], 300);

		expect(checkProcessedAndRecord).toHaveBeenCalledWith(['a', 'a 7'], 'node', {
			mode: 'entries',
			maxEntries: 600,
		});
	});

	it('is nothing if n8n cannot say, and the log tells so', async () => {
		const { n8n, warn } = contextOf({
			workflow: { id: 'w' },
			record: async () => await Promise.reject(new Error('locked')),
		});

		expect(await notStartedBefore(n8n, ['a', 'b'])).toEqual(new Set(['a', 'b']));
		expect(warn.mock.calls).toEqual([
			[
				"Truto: 'Truto Trigger' of workflow 'Reports' (w) could not find out what has started the workflow before, so it may start again for the same: Error: locked",
			],
		]);
	});

	it('is forgotten of triggers that are quiet, and of no other', async () => {
		const busy = startedBeforeBy('busy');
		const record: RecordEntries = async (entries) => await Promise.resolve(entries);
		await busy.firstOf(['a'], '1', record);
		const quiet = startedBeforeBy('quiet');

		startedBeforeBy('another');

		expect(startedBeforeBy('busy')).toBe(busy);
		expect(startedBeforeBy('quiet')).not.toBe(quiet);
	});
});
