import { describe, expect, it, test } from '@jest/globals';

import { accountId, couldBe, isAccountInArgs, syncJobId } from '../../../lib/truto/references';

describe('the ids that a run or a schedule names', () => {
	test.each([
		[{ integrated_account_id: 'a1', args: { integrated_account_id: 'a2' } }, 'a1'],
		[{ integrated_account_id: null, args: { integrated_account_id: 'a2' } }, 'a2'],
		[{ args: { integrated_account_id: 'a2' } }, 'a2'],
		[{ integrated_account_id: '', args: { integrated_account_id: '' } }, null],
		[{ integrated_account_id: '', args: { integrated_account_id: 'a2' } }, 'a2'],
		[{ args: null }, null],
		[{ args: ['a'] }, null],
		[{ args: { integrated_account_id: 7 } }, null],
		[{}, null],
	])('the account of %j is %j', (run, id) => {
		expect(accountId(run)).toBe(id);
	});

	test.each([
		[{ integrated_account_id: 'a1', args: { integrated_account_id: 'a2' } }, false],
		[{ integrated_account_id: null, args: { integrated_account_id: 'a2' } }, true],
		[{ integrated_account_id: '', args: { integrated_account_id: 'a2' } }, true],
		[{ args: {} }, false],
		[{}, false],
	])('only the arguments of %j name the account: %j', (run, isSo) => {
		expect(isAccountInArgs(run)).toBe(isSo);
	});

	test.each([
		[{ sync_job_id: 'j1', sync_job: { id: 'j2' } }, 'j1'],
		[{ sync_job_id: null, sync_job: { id: 'j2' } }, 'j2'],
		[{ sync_job_id: '', sync_job: { id: 'j2' } }, 'j2'],
		[{ sync_job_id: '', sync_job: { id: '' } }, null],
		[{ sync_job_id: 7, sync_job: { id: 7 } }, null],
		[{ sync_job: 'j2' }, null],
		[{}, null],
	])('the sync job of %j is %j', (run, id) => {
		expect(syncJobId(run)).toBe(id);
	});
});

describe('an id and the wanted one', () => {
	it.each([
		['0b9c3a5e-5d0a', '0B9C3A5E-5D0A', true],
		['0b9c3a5e-5d0a', '0b9c3a5e-5d0b', false],
		['0b9c3a5e-5d0a', undefined, true],
		[null, '0b9c3a5e-5d0a', true],
		[null, undefined, true],
		['', '0b9c3a5e-5d0a', false],
		['0b9c3a5e-5d0a', '', false],
	])('%j and %j: %j', (id, wanted, same) => {
		expect(couldBe(id, wanted)).toBe(same);
	});
});
