import { describe, expect, it } from '@jest/globals';

import { shaped } from '../../lib/shape';

describe('selected fields', () => {
	const pick = (...fields: string[]) =>
		shaped({ id: 'r1', status: 'failed' }, { kind: 'fields', fields }, () => ({
			sync_job_run_id: 'r1',
		}));

	it("are Truto's, or those of the simplified form", () => {
		expect(pick('id', 'sync_job_run_id')).toEqual({ id: 'r1', sync_job_run_id: 'r1' });
	});

	it('are null next to others if Truto leaves one out', () => {
		expect(pick('status', 'mutex_key')).toEqual({ status: 'failed', mutex_key: null });
	});

	it('are null if the field is there without a value', () => {
		const record = { id: 'r1', status: undefined };
		const shape = { kind: 'fields' as const, fields: ['id', 'status', 'toString'] };
		expect(shaped(record as never, shape, () => ({}))).toEqual({
			...{ id: 'r1', status: null, toString: null },
		});
	});

	it('that do not exist are an error with the names that do', () => {
		expect(() => pick('state', 'label')).toThrow(
			expect.objectContaining({
				message: 'There is no field named state, label',
				description: 'Name one of these: sync_job_run_id, id, status.',
			}),
		);
	});
});
