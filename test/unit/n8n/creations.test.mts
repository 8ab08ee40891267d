import { describe, expect, it } from '@jest/globals';

import { UnsureError } from '../../../lib/explainedError';
import { Changes } from '../../../lib/n8n/changes';
import { SYNC_JOB_RUN } from '../../../lib/truto/kinds';
import { by, END } from './changers.mts';

const create = async (changes: Changes, item: number) =>
	await changes.create(
		by(item),
		SYNC_JOB_RUN,
		async () => await Promise.resolve({ id: `r${item}` }),
	);

describe('creations', () => {
	it('are told of, each with its item', async () => {
		const changes = new Changes();
		expect(changes.whatWasDone(0, true)).toBeUndefined();
		await create(changes, 0);
		await create(changes, 2);
		const doubt = new UnsureError('reset', '');
		const failing = async () =>
			await changes.create(by(3), SYNC_JOB_RUN, async () => await Promise.reject(doubt));
		await expect(failing()).rejects.toBe(doubt);

		expect(changes.whatWasDone(1, true)).toBe(
			`These sync job runs were created: r0 (item 0) and r2 (item 2). A sync job run may have been created for item 3. ${END}`,
		);
		// Its own error says so.
		expect(changes.whatWasDone(3, true)).toBe(
			`These sync job runs were created: r0 (item 0) and r2 (item 2). ${END}`,
		);
		expect(changes.whatWasDone(2, false)).toBe(
			`This sync job run was created: r2 (item 2). ${END}`,
		);
		expect(changes.whatWasDone(1, false)).toBeUndefined();
	});

	it('are not made again, be they certain or not', async () => {
		const changes = new Changes();
		await create(changes, 0);
		const doubt = new UnsureError('reset', '');
		const failing = async () =>
			await changes.create(by(1), SYNC_JOB_RUN, async () => await Promise.reject(doubt));
		await expect(failing()).rejects.toBe(doubt);
		const never = async () => await Promise.reject(new Error('called again'));
		expect(await changes.create(by(0), SYNC_JOB_RUN, never)).toEqual({ id: 'r0' });
		await expect(changes.create(by(1), SYNC_JOB_RUN, never)).rejects.toBe(doubt);
	});

	it('are tried again if Truto has certainly done nothing', async () => {
		const changes = new Changes();
		const refused = async () => await Promise.reject(new Error('refused'));
		await expect(changes.create(by(0), SYNC_JOB_RUN, refused)).rejects.toThrow('refused');
		expect(await create(changes, 0)).toEqual({ id: 'r0' });
	});

	it('are cut short if there are many', async () => {
		const changes = new Changes();
		for (let item = 0; item < 12; item++) await create(changes, item);
		expect(changes.whatWasDone(12, true)).toMatch(
			/r9 \(item 9\) and 2 more \(items 10 and 11\)\. 'Retry/,
		);
	});
});
