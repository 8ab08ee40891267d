import { describe, expect, it, test } from '@jest/globals';

import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import { deepFreeze } from '../../helpers/deepFreeze.mts';
import { failed, known } from './cases.mts';
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
			'rate_limited',
			'records_dropped',
			'running',
			'stopped',
			'stuck',
			'waiting',
		]);
	});

	it('shows the answer first', () => {
		expect(Object.keys(diagnose(known(failed(), { logs: [] })))).toEqual([
			'sync_job_run_id',
			'label',
			'status',
			'verdict',
			'cause',
			'cause_name',
			'who_acts',
			'next_step',
			'summary',
			'stopped_at',
			'fetched',
			'persisted',
			'resources',
			'errors',
			'evidence',
			'resumes_at',
			'not_checked',
		]);
	});
});
