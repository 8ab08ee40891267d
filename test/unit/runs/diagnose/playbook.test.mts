import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import { deepFreeze } from '../../helpers/deepFreeze.mts';
import { aRun, failed, known } from './cases.mts';
import { ENDED } from './playbookEnded.mts';
import { FAILED } from './playbookFailed.mts';
import { GOING } from './playbookGoing.mts';

const PLAYBOOK = [...GOING, ...FAILED, ...ENDED];

describe('the playbook', () => {
	test.each(PLAYBOOK)('%s', (_, what, expected) => {
		expect(diagnose(deepFreeze(what))).toMatchObject(expected);
	});

	it('has a row for each verdict', () => {
		expect([...new Set(PLAYBOOK.map(([, , { verdict }]) => verdict))].sort()).toEqual([
			'failed',
			'healthy',
			'not_delivered',
			'nothing_fetched',
			'paused',
			'records_dropped',
			'running',
			'stopped',
			'stuck',
			'waiting',
		]);
	});

	it('names the customer and the IDs, if they are known', () => {
		const ids = {
			integrated_account_id: 'account-1',
			sync_job_id: 'job-1',
			sync_job_run_id: 'run-1',
		};
		const account = { status: 'needs_reauth', tenant_id: 'acme' };
		expect(diagnose(known(failed(), { account }))).toMatchObject({ ...ids, tenant_id: 'acme' });
		expect(diagnose(known(failed()))).toMatchObject({ ...ids, tenant_id: null });
		const nested = failed({ integrated_account: { tenant_id: 'acme' } });
		expect(diagnose(known(nested)).tenant_id).toBe('acme');
		expect(diagnose(known({}))).toMatchObject({
			tenant_id: null,
			integrated_account_id: null,
			sync_job_id: null,
			sync_job_run_id: null,
		});
	});

	it.each<[string, JsonRecord, string | null]>([
		['of the run', aRun(), 'hubspot'],
		['of the account, if the job is over several', aRun({ sync_job: { id: 'job-1' } }), 'jira'],
		['unknown', {}, null],
	])('has the integration %s', (_title, run, expected) => {
		const account = { status: 'active', integration: { name: 'jira', label: 'Jira' } };
		const answers = expected === null ? {} : { account };
		expect(diagnose(known(run, answers)).integration_name).toBe(expected);
	});

	it('shows the answer first', () => {
		expect(Object.keys(diagnose(known(failed(), { logs: [] })))).toEqual([
			'verdict',
			'who_acts',
			'next_step',
			'cause',
			'cause_name',
			'tenant_id',
			'sync_job_label',
			'integration_name',
			'status',
			'stopped_at',
			'fetched',
			'persisted',
			'summary',
			'resources',
			'errors',
			'evidence',
			'resumes_at',
			'not_checked',
			'sync_job_run_id',
			'sync_job_id',
			'integrated_account_id',
		]);
	});
});
