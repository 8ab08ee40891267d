import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import { failed, failure, known, page } from './cases.mts';

describe('the telling error', () => {
	const first = (logs: JsonRecord[], account: JsonRecord | null = null) => {
		const { cause, errors } = diagnose(known(failed(), { logs, account }));
		return [cause, errors.first];
	};
	const error = (minute: number, message: string, changes: JsonRecord = {}) =>
		failure({
			timestamp: `2026-11-24 10:${minute}:00`,
			sync_job_run_event: 'record_error',
			message,
			...changes,
		});

	it('is the final one rather than one that was passed over', () => {
		const final = error(20, 'status 502', { sync_job_run_event: 'failed' });
		expect(first([error(10, 'JSONata error'), final, error(30, 'status 401')])).toEqual([
			'upstream',
			'status 502',
		]);
	});

	it('is the earliest that tells a cause, else the earliest', () => {
		expect(first([error(30, 'status 401'), error(20, 'JSONata error'), error(10, 'odd')])).toEqual([
			'mapping',
			'JSONata error',
		]);
		expect(first([error(30, 'odder'), error(20, 'odd')])).toEqual(['unknown', 'odd']);
	});

	it('is the one that says the account needs reconnecting, wherever it stands', () => {
		const needsReauth = error(40, 'x', { integrated_account_needs_reauth: true });
		expect(first([error(10, 'status 502'), needsReauth])).toEqual(['auth', 'x']);
	});

	it('is none of the entries that are no errors', () => {
		expect(first([page({ message: 'status 401' })])).toEqual(['unknown', null]);
	});

	test.each<[string, JsonRecord, string]>([
		['odd', { status: 'needs_reauth' }, 'auth'],
		['odd', { status: 'validation_error' }, 'auth'],
		['odd', { status: 'post_install_error' }, 'unknown'],
		['odd', { status: 'active' }, 'unknown'],
		['odd', { last_forbidden_error: { occurred_at: '2026-11-24 10:10:00' } }, 'missing_scopes'],
		['odd', { last_forbidden_error: { occurred_at: '2026-11-24 10:00:01' } }, 'missing_scopes'],
		['odd', { last_forbidden_error: { occurred_at: '2026-11-24 10:30:00' } }, 'missing_scopes'],
		['odd', { last_forbidden_error: { occurred_at: '2026-11-24 10:00:00' } }, 'unknown'],
		['odd', { last_forbidden_error: { occurred_at: '2026-11-24 10:40:00' } }, 'unknown'],
		['odd', { last_forbidden_error: { resource: 'x' } }, 'unknown'],
		['status 403', { last_forbidden_error: { resource: 'x' } }, 'missing_scopes'],
		['status 403', { status: 'needs_reauth' }, 'auth'],
		['status 502', { status: 'needs_reauth' }, 'upstream'],
		['JSONata error', { status: 'needs_reauth' }, 'mapping'],
	])('%j with the account %j: %s', (message, account, cause) => {
		expect(first([error(10, message)], account)[0]).toBe(cause);
	});
});
