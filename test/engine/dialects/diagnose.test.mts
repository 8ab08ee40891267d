import { expect, it } from '@jest/globals';

import { DIALECTS, fixedId, formsOf, RUNS } from '../../simulator/index.mts';
import { byId, runTruto } from '../harness.mts';
import { useSimulator } from '../use-simulator.mts';

const truto = useSimulator();

/** What the diagnosis of each run comes to, whatever the dialect: verdict, cause, who acts. */
const EXPECTED: [keyof typeof RUNS, string, string | null, string][] = [
	['completed', 'healthy', null, 'nobody'],
	['created', 'waiting', null, 'nobody'],
	['v4Running', 'running', null, 'nobody'],
	['v4RateLimited', 'paused', 'rate_limit', 'nobody'],
	['v4Stuck', 'stuck', null, 'truto_support'],
	['stopped', 'stopped', null, 'job_owner'],
	['failedReauth', 'failed', 'auth', 'end_user'],
	['failedScopes', 'failed', 'missing_scopes', 'end_user'],
	['v4FailedMapping', 'failed', 'mapping', 'job_owner'],
	['v4FailedUpstream', 'failed', 'upstream', 'job_owner'],
	['notDelivered', 'not_delivered', 'delivery', 'receiver'],
	['notStored', 'not_delivered', 'delivery', 'receiver'],
	['dropped', 'records_dropped', 'unknown', 'job_owner'],
	['nothingFetched', 'nothing_fetched', null, 'nobody'],
	['unknownStatus', 'running', null, 'nobody'],
];

/** A bare number counts no persisted records: Diagnose can't tell that some are missing. */
const OF_BARE_NUMBERS: typeof EXPECTED = EXPECTED.map(([run, ...found]) =>
	run === 'dropped' || run === 'nothingFetched'
		? [run, 'healthy', null, 'nobody']
		: [run, ...found],
);

const RETRIED = fixedId('d140', 1);

/** A run that was paused and refused, tried again, and completed with everything. */
function addRetriedRun(): void {
	const { store } = truto();
	const ago = (minutes: number) => new Date(store.clock.now() - minutes * 60_000).toISOString();
	store.addRun({
		id: RETRIED,
		status: 'completed',
		error_handling: 'ignore',
		created_at: ago(20),
		started_at: ago(20),
		updated_at: ago(10),
		finished_at: ago(10),
		resource_stats: { 'crm/contacts': { list: { fetched: 100, persisted: 100 } } },
	});
	const page = {
		sync_job_run_id: RETRIED,
		resource: 'crm/contacts',
		num_records: 50,
		webhook_status: 200,
		webhook_successful: true,
		logs: [{ level: 'info', message: 'Fetched 50 records' }],
	};
	store.addLog({ ...page, timestamp: ago(18), attempts: [{ status: 429, retry_after: 30 }] });
	store.addLog({
		...page,
		timestamp: ago(16),
		attempts: [{ status: 502 }, { status: 500, of: 'truto' }, { status: 503, of: 'webhook' }],
	});
}

it.each(formsOf('retries'))(
	'a run that overcame errors is healthy with $name',
	async ({ dialect }) => {
		truto().speak(dialect);
		addRetriedRun();

		const { rows } = await runTruto({
			simulator: truto(),
			parameters: { operation: 'diagnose', syncJobRunId: byId(RETRIED) },
		});

		expect(rows).toMatchObject([{ verdict: 'healthy', who_acts: 'nobody', errors: { count: 0 } }]);
		const overcome = (rows[0]?.evidence as { field: string; value: string }[]).find(
			({ field }) => field === 'errors_overcome',
		);
		const isLogged = dialect.retries === 'attempts' || dialect.retries === 'attempts-by-status';
		expect(overcome?.value).toBe(isLogged ? '4' : undefined);
	},
);

it.each(DIALECTS)('Diagnose finds the same in $name', async ({ dialect }) => {
	truto().speak(dialect);

	const { rows, error } = await runTruto({
		simulator: truto(),
		items: EXPECTED.map(([run]) => ({ id: RUNS[run] })),
		parameters: { operation: 'diagnose', syncJobRunId: byId('={{ $json.id }}') },
	});

	expect(error).toBeUndefined();
	const found = rows.map(({ verdict, cause, who_acts }, at) => {
		return [EXPECTED[at]?.[0], verdict, cause, who_acts];
	});
	expect(found).toEqual(dialect.statsValue === 'number' ? OF_BARE_NUMBERS : EXPECTED);
});
