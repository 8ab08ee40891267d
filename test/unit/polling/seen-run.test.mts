import { describe, expect, it } from '@jest/globals';

import { seenRun, type WantedRuns } from '../../../nodes/TrutoPollingTrigger/seenRun';
import { finishedRun } from '../helpers/runs.mts';

const wanted = (changes: Partial<WantedRuns> = {}): WantedRuns => ({
	statuses: ['completed', 'failed'],
	...changes,
});

const seen = (changes: Parameters<typeof finishedRun>[0], chosen: Partial<WantedRuns> = {}) =>
	seenRun(finishedRun(changes), wanted(chosen), false);

describe('times', () => {
	it.each(['2026-04-01T10:00:00.000Z', '2026-04-01 10:00:00', '2026-04-01T12:00:00+02:00'])(
		'%s is read as UTC',
		(created_at) => {
			expect(seen({ created_at })?.createdAt).toBe(1_775_037_600_000);
		},
	);

	it.each([null, '', 'yesterday', 5])('a run created at %j is none', (created_at) => {
		expect(seen({ created_at })).toBeUndefined();
	});

	it('a run without an id is none', () => {
		expect(seen({ id: null })).toBeUndefined();
	});

	it('a missing end is replaced by the last update', () => {
		const run = { finished_at: null, updated_at: '2026-04-01 10:00:00' };
		expect(seen(run)).toMatchObject({ endedAt: 1_775_037_600_000, hasEnded: true });
	});
});

describe('statuses', () => {
	it.each([
		['completed', null, true, true],
		['stopped', null, true, false],
		['running', null, false, false],
		['rate_limited', null, false, false],
		['exploded', null, false, false],
		['exploded', '2026-04-01 10:00:00', true, false],
	])('%s, finished at %j: has ended %s, starts %s', (status, finished_at, hasEnded, starts) => {
		expect(seen({ status, finished_at })).toMatchObject({ hasEnded, starts });
	});

	it('an unknown end starts the workflow if all ends are chosen', () => {
		const statuses = ['completed', 'failed', 'stopped'];
		expect(seen({ status: 'exploded' }, { statuses })).toMatchObject({ starts: true });
	});
});

describe('filters', () => {
	const ACCOUNT = '7be2d0a4-90f1-4c55-b7a2-5f6f3f1c8d22';

	it.each([
		['another account', { integrated_account_id: 'a' }, false],
		['the account', {}, true],
		['the account in capitals', { integrated_account_id: ACCOUNT.toUpperCase() }, true],
		[
			'a version 4 job with the account in its arguments',
			{ integrated_account_id: null, args: { integrated_account_id: ACCOUNT } },
			true,
		],
		[
			'a version 4 job with another account in its arguments',
			{ integrated_account_id: null, args: { integrated_account_id: 'a' } },
			false,
		],
		['a run that names no account', { integrated_account_id: null, args: {} }, true],
	])('%s', (_, changes, passes) => {
		expect(seen(changes, { integratedAccountId: ACCOUNT })).toMatchObject({ starts: passes });
	});

	it('by sync job', () => {
		expect(seen({}, { syncJobId: 'other' })).toMatchObject({ starts: false });
		expect(seen({}, { syncJobId: '0d9f7c1e-2b1a-4a57-8d33-7a4b2f0c9e11' })).toMatchObject({
			starts: true,
		});
	});
});
