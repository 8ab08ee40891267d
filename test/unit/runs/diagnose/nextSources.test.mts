import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { withSource } from '../../../../lib/runs/diagnose/known';
import { nextSources } from '../../../../lib/runs/diagnose/nextSources';
import { aRun, failed, failure, going, known, page, type Answers } from './cases.mts';

type Sources = Required<Answers>;

const NOTHING: Sources = {
	job: { label: 'Nightly', resources: [{ resource: 'crm/contacts' }] },
	logs: [],
	account: { status: 'active' },
	deliveries: [],
};

/** What is read if Truto has these answers: a text for each time, with all that is read side by side. */
function read(run: JsonRecord, answers: Partial<Sources> = {}): string[] {
	const all: Sources = { ...NOTHING, ...answers };
	let what = known(run);
	const asked: string[] = [];
	for (let next = nextSources(what); next.length > 0; next = nextSources(what)) {
		asked.push(next.map(({ source }) => source).join(' + '));
		for (const { source } of next) what = withSource(what, source, all[source]);
		if (asked.length > 4) throw new Error(`It does not end: ${asked.join()}`);
	}
	return asked;
}

describe('the sources that are read', () => {
	test.each<[string, JsonRecord, Partial<Sources>, string[]]>([
		['running', going('running'), {}, []],
		['running, without a label', going('running', { sync_job: null }), {}, ['job']],
		['waiting', going('created'), {}, []],
		['stuck', going('running', { updated_at: '2026-11-24 11:00:00' }), {}, []],
		['stopped', aRun({ status: 'stopped' }), {}, []],
		['rate limited', going('rate_limited'), {}, ['logs']],
		['completed', aRun(), {}, ['logs']],
		['completed, without a label', aRun({ sync_job: null }), {}, ['job + logs']],
		['completed, resources unknown', aRun({ resources: [] }), {}, ['job + logs']],
		['completed with nothing', aRun({ resource_stats: {} }), {}, ['logs', 'account']],
		[
			'completed, errors of the account',
			aRun(),
			{ logs: [failure({ message: 'status 401' })] },
			['logs', 'account'],
		],
		[
			'completed, errors of a mapping',
			aRun(),
			{ logs: [failure({ message: 'JSONata' })] },
			['logs'],
		],
		['not delivered', aRun(), { logs: [page({ webhook_successful: false })] }, ['logs']],
		[
			'not delivered, answer unknown',
			aRun(),
			{ logs: [page({ webhook_successful: false, webhook_status: null })] },
			['logs', 'deliveries'],
		],
		[
			'not delivered, one answer known',
			aRun(),
			{
				logs: [
					page({ webhook_successful: false, webhook_status: null }),
					page({ webhook_successful: false, webhook_status: 500 }),
				],
			},
			['logs'],
		],
		[
			'not delivered, webhook unknown',
			aRun({ webhook_id: null }),
			{ logs: [page({ webhook_successful: false, webhook_status: null })] },
			['logs'],
		],
		[
			'not delivered, webhook in the logs',
			aRun({ webhook_id: null }),
			{ logs: [page({ webhook_successful: false, webhook_status: null, webhook_id: 'w' })] },
			['logs', 'deliveries'],
		],
		[
			'not stored',
			aRun(),
			{
				logs: [
					page({ webhook_successful: null, datastore_successful: false, webhook_status: null }),
				],
			},
			['logs'],
		],
		['failed, logs silent', failed(), {}, ['logs', 'account']],
		['failed, logs unreadable', failed(), { logs: null }, ['logs', 'account']],
		[
			'failed, nothing readable',
			failed({ sync_job: {} }),
			{ job: null, logs: null, account: null },
			['job + logs', 'account'],
		],
		[
			'failed by login',
			failed(),
			{ logs: [failure({ message: 'status 401' })] },
			['logs', 'account'],
		],
		[
			'failed by permission',
			failed(),
			{ logs: [failure({ message: 'status 403' })] },
			['logs', 'account'],
		],
		['failed by mapping', failed(), { logs: [failure({ message: 'JSONata' })] }, ['logs']],
		['failed by the app', failed(), { logs: [failure({ message: 'status 502' })] }, ['logs']],
		['failed by a limit', failed(), { logs: [failure({ message: 'status 429' })] }, ['logs']],
		['failed, account unknown', failed({ integrated_account_id: null }), {}, ['logs']],
		[
			'failed, account in the arguments',
			failed({ integrated_account_id: null, args: { integrated_account_id: 'a' } }),
			{},
			['logs', 'account'],
		],
		['failed, job unknown', failed({ sync_job: null, sync_job_id: null }), {}, ['logs', 'account']],
		['nothing known', {}, {}, []],
		['nothing known, but that it has failed', { status: 'failed' }, {}, []],
	])('%s', (_, run, answers, sources) => {
		expect(read(run, answers)).toEqual(sources);
	});

	it('are each read once only', () => {
		expect(nextSources(known(failed({ sync_job: null }), NOTHING))).toEqual([]);
	});

	it('are read with the IDs by which they were decided on', () => {
		const unlabelled = failed({ sync_job: null, sync_job_id: 'j' });
		expect(nextSources(known(unlabelled))).toEqual([
			{ source: 'job', id: 'j' },
			{ source: 'logs', id: 'run-1' },
		]);
		const inArgs = failed({ integrated_account_id: null, args: { integrated_account_id: 'a' } });
		expect(nextSources(known(inArgs, { logs: [] }))).toEqual([{ source: 'account', id: 'a' }]);
		const refused = page({ webhook_successful: false, webhook_status: null, webhook_id: 'w' });
		expect(nextSources(known(aRun({ webhook_id: '' }), { logs: [refused] }))).toEqual([
			{ source: 'deliveries', id: 'w' },
		]);
	});
});
