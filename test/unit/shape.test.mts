import { describe, expect, it } from '@jest/globals';

import type { JsonRecord } from '../../lib/json';
import { shaped, shapedList } from '../../lib/shape';

describe('selected fields', () => {
	const pick = (...fields: string[]) =>
		shaped({ id: 'r1', status: 'failed' }, { kind: 'fields', fields }, () => ({
			sync_job_run_id: 'r1',
		}));

	it("are Truto's, or those of the simplified form", () => {
		expect(pick('id', 'sync_job_run_id')).toEqual({ id: 'r1', sync_job_run_id: 'r1' });
	});

	it('are null if the field is there without a value', () => {
		const record = { id: 'r1', status: undefined };
		const shape = { kind: 'fields' as const, fields: ['id', 'status'] };
		expect(shaped(record as never, shape, () => ({}))).toEqual({ id: 'r1', status: null });
	});

	it('that do not exist are an error with the names that do', () => {
		expect(() => pick('status', 'state', 'toString')).toThrow(
			expect.objectContaining({
				message: 'There is no field named state or toString',
				description: 'Name one of these: sync_job_run_id, id, status.',
			}),
		);
	});
});

describe('selected fields of a list', () => {
	const list = async (records: JsonRecord[], ...fields: string[]) =>
		await shapedList({ kind: 'fields', fields }, (one) =>
			records.map((record) => shaped(record, one, () => ({}))),
		);

	it('are null where Truto leaves one out', async () => {
		const records: JsonRecord[] = [{ id: 'r1' }, { error: 'gone' }, { id: 'r3', error: null }];
		await expect(list(records, 'error')).resolves.toEqual([
			...[{ error: null }, { error: 'gone' }, { error: null }],
		]);
	});

	it('that none of its things has are an error, whatever else is picked', async () => {
		await expect(list([{ id: 'r1' }, { status: 'failed' }], 'id', 'state')).rejects.toMatchObject({
			message: 'There is no field named state',
			description: 'Name one of these: id, status.',
		});
	});

	it('are no error if the list is empty', async () => {
		await expect(list([], 'state')).resolves.toEqual([]);
	});
});
