import { describe, expect, test } from '@jest/globals';

import { UnsureError } from '../../../lib/explainedError';
import { deedsInWords, type Deed } from '../../../lib/n8n/deed';
import { INTEGRATED_ACCOUNT, SYNC_JOB_RUN } from '../../../lib/truto/kinds';

const deed = (id: string, items: number[], rest: Partial<Deed> = {}): Deed => ({
	kind: SYNC_JOB_RUN,
	id,
	done: 'stopped',
	items: new Set(items),
	token: {},
	wanted: '',
	...rest,
});
const made = (id: string, ...items: number[]) => deed(id, items, { rows: [{}] });
const RESET = new Error('reset');
const unsure = (id: string, ...items: number[]) => deed(id, items, { doubt: RESET, error: RESET });
const nameless = (...items: number[]) => ({ ...unsure('', ...items), done: 'created' });
const many = (count: number) => Array.from({ length: count }, (_, item) => item);

describe('what was done in spite of an error', () => {
	test.each<[string, Deed[]]>([
		['This sync job run was stopped: r0 (item 0).', [made('r0', 0)]],
		['This sync job run was stopped: r0 (items 0 and 1).', [made('r0', 1, 0)]],
		['This sync job run was stopped: r0 (items 0, 2 and 10).', [made('r0', 10, 0, 2)]],
		[
			'These sync job runs were stopped: r0 (item 0) and r1 (item 1).',
			[made('r0', 0), made('r1', 1)],
		],
		[
			'This sync job run may have been stopped: r0 (item 0).',
			[unsure('r0', 0), unsure('the item that failed', 9)],
		],
		[
			'This sync job run was stopped: r0 (item 0). These sync job runs may have been stopped: r1 (item 1) and r2 (item 2).',
			[made('r0', 0), unsure('r1', 1), unsure('r2', 2)],
		],
		[
			'This sync job run was stopped: r0 (item 0). This sync job run was created: r1 (item 1).',
			[made('r0', 0), { ...made('r1', 1), done: 'created' }],
		],
		[
			'This sync job run may have been stopped: r9 (item 9).',
			[{ ...unsure('r9', 9), error: new Error('could not look') }],
		],
		['A sync job run may have been created for item 3.', [nameless(3)]],
		['Sync job runs may have been created for items 3 and 4.', [nameless(3), nameless(4)]],
		[
			'An integrated account may have been created for item 3.',
			[{ ...nameless(3), kind: INTEGRATED_ACCOUNT }],
		],
		[
			'Sync job runs may have been created for items 10 to 21.',
			many(12).map((item) => nameless(item + 10)),
		],
		[
			'This sync job run was stopped: r0 (items 10 to 19).',
			[made('r0', ...many(10).map((item) => item + 10))],
		],
		[
			'This sync job run was stopped: r0 (items 0, 1, 2, 4, 6 to 9 and 11).',
			[made('r0', 0, 1, 2, 4, 6, 7, 8, 9, 11)],
		],
		[
			'This sync job run was stopped: r0 (items 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20 and 22).',
			[made('r0', ...many(12).map((item) => item * 2))],
		],
		[
			`This sync job run was stopped: r0 (items ${many(100)
				.map((range) => `${10 * range} to ${10 * range + 4}`)
				.join(', ')} and 15 more).`,
			[made('r0', ...many(1_030).filter((item) => item % 10 < 5))],
		],
		[
			'These sync job runs were stopped: r0 (item 0), r1 (item 1), r2 (item 2), r3 (item 3), r4 (item 4), r5 (item 5), r6 (item 6), r7 (item 7), r8 (item 8), r10 (item 10) and 89 more (items 11 to 99).',
			many(100)
				.filter((item) => item !== 9)
				.map((item) => made(`r${item}`, item)),
		],
	])('%s', (text, deeds) => {
		expect(deedsInWords(deeds, 9)).toBe(
			`${text} 'Retry On Fail' does not repeat this, but a new execution does.`,
		);
	});

	test('also names what was done in part, which Retry On Fail completes', () => {
		const state = { one: 'is half done', several: 'are half done' };
		const half = new UnsureError('half', '', state);
		const inPart = (id: string, item: number) => deed(id, [item], { doubt: half, error: half });

		expect(deedsInWords([inPart('r1', 1), inPart('r9', 9)], 9)).toBe(
			'This sync job run is half done: r1 (item 1).',
		);
		expect(deedsInWords([made('r0', 0), inPart('r1', 1), inPart('r2', 2)], 9)).toBe(
			"This sync job run was stopped: r0 (item 0). 'Retry On Fail' does not repeat this, but a new execution does. These sync job runs are half done: r1 (item 1) and r2 (item 2).",
		);
	});

	test('is not mentioned if there is nothing', () => {
		expect(deedsInWords([], 0)).toBeUndefined();
		expect(deedsInWords([deed('r0', [1])], 0)).toBeUndefined();
		expect(deedsInWords([unsure('r0', 0)], 0)).toBeUndefined();
	});
});
