import { describe, expect, it, test } from '@jest/globals';

import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import { aRun, failed, failure, going, known, page } from './cases.mts';

describe('the evidence', () => {
	it('names what was read, and what it said', () => {
		const { evidence } = diagnose(
			known(failed(), {
				logs: [failure({ integrated_account_needs_reauth: true, message: 'Expired' }), failure()],
				account: { status: 'needs_reauth', last_error: 'Invalid grant' },
			}),
		);
		expect(evidence).toEqual([
			{ source: 'run', field: 'status', value: 'failed' },
			{ source: 'run', field: 'version', value: '3' },
			{ source: 'run', field: 'finished_at', value: '2026-11-24T10:30:00.000Z' },
			{ source: 'run', field: 'resource_stats', value: 'fetched 129, persisted 129' },
			{ source: 'logs', field: 'integrated_account_needs_reauth', value: 'true' },
			{ source: 'logs', field: 'logs', value: 'Expired' },
			{ source: 'logs', field: 'errors', value: '2' },
			{ source: 'account', field: 'status', value: 'needs_reauth' },
			{ source: 'account', field: 'last_error', value: 'Invalid grant' },
		]);
	});

	it('names no last error that says nothing', () => {
		const account = { status: 'needs_reauth', last_error: 'N/A' };
		const { evidence } = diagnose(known(failed(), { account }));
		expect(evidence.map(({ field }) => field)).not.toContain('last_error');
	});

	it('of a stuck run is its last update', () => {
		const run = going('running', { updated_at: '2026-11-24 11:50:00', version: null });
		expect(diagnose(known(run, { job: { default_runtime_version: 4 } })).evidence).toEqual([
			{ source: 'run', field: 'status', value: 'running' },
			{ source: 'job', field: 'default_runtime_version', value: '4' },
			{ source: 'run', field: 'updated_at', value: '2026-11-24T11:50:00.000Z (600 seconds ago)' },
			{ source: 'run', field: 'resource_stats', value: 'fetched 129, persisted 129' },
		]);
	});

	it('of a running run is its last update, if it is known', () => {
		const evidence = (changes: object) =>
			diagnose(known(going('running', { resource_stats: null, ...changes }))).evidence.slice(-2);
		const counts = {
			source: 'run',
			field: 'resource_stats',
			value: 'fetched unknown, persisted unknown',
		};
		expect(evidence({})).toEqual([
			{ source: 'run', field: 'updated_at', value: '2026-11-24T11:59:30.000Z (30 seconds ago)' },
			counts,
		]);
		const untimed = { updated_at: null, started_at: null, created_at: null };
		expect(evidence(untimed)).toEqual([
			{ source: 'run', field: 'updated_at', value: 'unknown' },
			counts,
		]);
	});

	test.each([
		['12:00:00', '0 seconds ago'],
		['11:59:59', '1 second ago'],
		['11:59:58', '2 seconds ago'],
	])('of a run that was updated at %s says %s', (time, age) => {
		const { evidence } = diagnose(known(going('running', { updated_at: `2026-11-24 ${time}` })));
		expect(evidence.find(({ field }) => field === 'updated_at')?.value).toContain(`(${age})`);
	});

	it('of an error is its text, once', () => {
		const { evidence } = diagnose(known(failed(), { logs: [failure({ message: 'status 502' })] }));
		expect(evidence.filter(({ source }) => source === 'logs')).toEqual([
			{ source: 'logs', field: 'logs', value: 'status 502' },
		]);
	});

	it('of records that were refused is what the receiver answered and said', () => {
		const logs = [page({ webhook_successful: false, webhook_status: 502, message: 'Bad gateway' })];
		const { evidence } = diagnose(known(aRun(), { logs }));
		expect(evidence.filter(({ source }) => source === 'logs')).toEqual([
			{ source: 'logs', field: 'webhook_successful', value: 'false' },
			{ source: 'logs', field: 'webhook_status', value: '502' },
			{ source: 'logs', field: 'logs', value: 'Bad gateway' },
		]);
	});

	it('of a pause is its length', () => {
		const { evidence } = diagnose(
			known(going('rate_limited'), {
				logs: [page({ retry_after: 30 }), page({ timestamp: '2026-11-24 10:20:00' })],
			}),
		);
		expect(evidence.at(-1)).toEqual({ source: 'logs', field: 'retry_after', value: '30' });
	});

	it('of a limit that was too long is its length, too', () => {
		const { evidence } = diagnose(
			known(failed(), { logs: [failure({ message: 'status 429', retry_after: 30 })] }),
		);
		expect(evidence.slice(-2)).toEqual([
			{ source: 'logs', field: 'logs', value: 'status 429' },
			{ source: 'logs', field: 'retry_after', value: '30' },
		]);
	});

	it('of another failure is no length of a pause', () => {
		const { evidence } = diagnose(
			known(failed(), { logs: [page({ retry_after: 30 }), failure({ message: 'status 502' })] }),
		);
		expect(evidence.map(({ field }) => field)).not.toContain('retry_after');
	});

	it('of a missing permission is what the account says', () => {
		const account = { status: 'active', last_forbidden_error: { missing_scopes: ['a'] } };
		const logs = [failure({ message: 'status 403' })];
		expect(diagnose(known(failed(), { logs, account })).evidence.slice(-2)).toEqual([
			{ source: 'account', field: 'status', value: 'active' },
			{ source: 'account', field: 'last_forbidden_error', value: '{"missing_scopes":["a"]}' },
		]);
		const others = diagnose(known(failed(), { logs: [failure({ message: 'odd' })], account }));
		expect(others.evidence.map(({ field }) => field)).not.toContain('last_forbidden_error');
	});

	it('of an error without a text is that it is one', () => {
		const { evidence } = diagnose(known(failed(), { logs: [failure()] }));
		expect(evidence.at(-1)).toEqual({
			source: 'logs',
			field: 'logs',
			value: 'an error without a text',
		});
	});

	it('of a datastore is its flag', () => {
		const logs = [
			page({ webhook_successful: null, webhook_status: null, datastore_successful: false }),
		];
		expect(diagnose(known(aRun(), { logs })).evidence.at(-1)).toEqual({
			source: 'logs',
			field: 'datastore_successful',
			value: 'false',
		});
	});

	it('of a refusal is the answer', () => {
		const { evidence } = diagnose(
			known(aRun(), {
				logs: [page({ webhook_successful: false, webhook_status: null })],
				deliveries: [{ webhook_endpoint_status: 500 }],
			}),
		);
		expect(evidence.slice(-2)).toEqual([
			{ source: 'logs', field: 'webhook_successful', value: 'false' },
			{ source: 'deliveries', field: 'webhook_endpoint_status', value: '500' },
		]);
	});
});
