import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, FAULTS, RUNS } from '../simulator/index.mts';
import { failureLog } from '../simulator/failure-logs.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const diagnose = async (id: string, options = {}) =>
	await runTruto({
		simulator: truto(),
		parameters: { operation: 'diagnose', syncJobRunId: byId(id), options },
	});

/** The first word of each path: which sources were read, in which order. */
const sources = () => truto().requests.map(({ path }) => path.split('/')[1]);

/** Of which event the log was read, for each time. */
const askedEvents = () =>
	truto()
		.requests.filter(({ path }) => path === '/log')
		.map(({ query }) => query['log_type_filter[sync_job_run_event]']);

const RUN = 'sync-job-run';
const ACCOUNT = 'integrated-account';

describe('Diagnose', () => {
	it.each<[keyof typeof RUNS, string, string | null, string, string[]]>([
		['completed', 'healthy', null, 'nobody', [RUN, 'log']],
		['created', 'waiting', null, 'nobody', [RUN]],
		['running', 'running', null, 'nobody', [RUN]],
		['v4RateLimited', 'paused', 'rate_limit', 'nobody', [RUN, 'log']],
		['stuck', 'stuck', null, 'truto_support', [RUN]],
		['stopped', 'stopped', null, 'job_owner', [RUN]],
		['failedReauth', 'failed', 'auth', 'end_user', [RUN, 'log', ACCOUNT]],
		['failedScopes', 'failed', 'missing_scopes', 'end_user', [RUN, 'log', ACCOUNT]],
		['failedMapping', 'failed', 'mapping', 'job_owner', [RUN, 'log']],
		['v4FailedMapping', 'failed', 'mapping', 'job_owner', [RUN, 'log']],
		['failedRateLimit', 'failed', 'rate_limit', 'job_owner', [RUN, 'log']],
		['failedUpstream', 'failed', 'upstream', 'job_owner', [RUN, 'log']],
		['failedDelivery', 'failed', 'delivery', 'receiver', [RUN, 'log']],
		['failedNoLogs', 'failed', 'unknown', 'truto_support', [RUN, 'log', ACCOUNT]],
		['notDelivered', 'not_delivered', 'delivery', 'receiver', [RUN, 'log']],
		['notStored', 'not_delivered', 'delivery', 'receiver', [RUN, 'sync-job', 'log']],
		['dropped', 'records_dropped', 'unknown', 'job_owner', [RUN, 'log']],
		['nothingFetched', 'nothing_fetched', null, 'nobody', [RUN, 'sync-job', 'log', ACCOUNT]],
		['unknownStatus', 'running', null, 'nobody', [RUN]],
		['oddStatsArray', 'healthy', null, 'nobody', [RUN, 'log']],
	])('of the run %s is: %s, because of %s, %s acts', async (run, verdict, cause, who, read) => {
		const { rows, error } = await diagnose(RUNS[run], { includeNames: false });

		expect(error).toBeUndefined();
		expect(rows).toEqual([
			expect.objectContaining({
				sync_job_run_id: RUNS[run],
				verdict,
				cause,
				who_acts: who,
				not_checked: [],
			}),
		]);
		expect(sources()).toEqual(read);
	});

	it('names the customer and what to reconnect', async () => {
		const { rows } = await diagnose(RUNS.failedReauth);

		expect(rows[0]).toMatchObject({
			sync_job_label: 'Pipedrive to warehouse',
			integration_name: 'pipedrive',
			status: 'failed',
			cause_name: 'Authentication',
			next_step:
				'Ask the customer (tenant fabrikam-gmbh) to reconnect pipedrive, then start a new run. Until then, a new run will fail the same way.',
			stopped_at: { resource: 'crm/contacts', method: 'list' },
		});
	});

	it('reads the deliveries of a webhook that only the log names', async () => {
		const { store } = truto();
		const webhookId = 'f0000000-0000-4000-8000-0000000000f1';
		const { id, created_at: begun } = store.addRun({
			id: RUNS.other.replace('63', 'ab'),
			status: 'completed',
			webhook_id: null,
			created_at: new Date(Date.now() - 600_000).toISOString(),
			finished_at: new Date().toISOString(),
			resource_stats: { 'crm/contacts': { list: { fetched: 3, persisted: 3 } } },
		});
		const timestamp = new Date(Date.parse(begun) + 60_000).toISOString();
		const refused = { webhook_id: webhookId, webhook_successful: false, webhook_status: null };
		store.addLog({ ...refused, sync_job_run_id: id, timestamp, num_records: 3 });
		const delivery = { event: 'sync_job_run:record', timestamp };
		store.addOtherLog('webhook', {
			...delivery,
			webhook_id: webhookId,
			webhook_endpoint_status: 413,
		});
		store.addOtherLog('webhook', {
			...delivery,
			webhook_id: 'f0000000-0000-4000-8000-0000000000f2',
			webhook_endpoint_status: 500,
		});

		const { rows } = await diagnose(id);

		expect(rows[0]?.verdict).toBe('not_delivered');
		expect(rows[0]?.next_step).toMatch(/^Fix the webhook's receiver, which returned 413\./);
	});

	it('finds the error that ended a run, even if more log entries come before it than it reads', async () => {
		const { store } = truto();
		const begin = Date.now() - 3_600_000;
		const { id } = store.addRun({
			status: 'failed',
			created_at: new Date(begin).toISOString(),
			finished_at: new Date(begin + 1_800_000).toISOString(),
		});
		const entry = (second: number) => ({
			sync_job_run_id: id,
			timestamp: new Date(begin + second * 1_000).toISOString(),
		});
		for (let second = 0; second < 1_010; second++) {
			store.addLog({ ...entry(second), sync_job_run_event: 'record_error', status: 'error' });
		}
		store.addLog({ ...failureLog('upstream'), ...entry(1_700) });

		const { rows } = await diagnose(id, { includeNames: false });

		expect(rows).toMatchObject([{ verdict: 'failed', cause: 'upstream', not_checked: [] }]);
		expect(askedEvents().at(-1)).toBe('failed');
	});

	it('reads a short log once', async () => {
		await diagnose(RUNS.failedUpstream, { includeNames: false });

		expect(askedEvents()).toEqual([undefined]);
	});

	it('tells when a pause ends', async () => {
		const { rows } = await diagnose(RUNS.v4RateLimited);

		expect(rows[0]?.resumes_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
		expect(rows[0]?.next_step).toContain('Do not restart it.');
	});

	it.each([
		['the logs', '/log', 'logs', 'failed'],
		['the account', `/integrated-account/${ACCOUNTS.pipedriveExpired}`, 'account', 'failed'],
	])('does without %s that it may not read, and says so', async (_, path, source, verdict) => {
		truto().faults.forPath(path, { ...FAULTS.forbidden });

		const { rows, error } = await diagnose(RUNS.failedReauth);

		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ verdict, not_checked: [source] })]);
	});

	it('fails for a run that Truto does not know', async () => {
		const { error } = await diagnose(RUNS.other);

		expect(error?.message).toBe(`Sync job run ${RUNS.other} was not found in Truto (404) [item 0]`);
	});

	it('counts a run as stuck after the minutes that are set', async () => {
		const { rows } = await diagnose(RUNS.stuck, { stuckAfterMinutes: 60 });

		expect(rows[0]?.verdict).toBe('running');
	});

	it('adds a message for Slack, in which names make no links and no mentions', async () => {
		truto().store.addRun({
			id: RUNS.other.replace('63', 'aa'),
			status: 'completed',
			finished_at: new Date().toISOString(),
			resource_stats: {
				'<!channel> <https://evil.example|x> & y': { list: { fetched: 3, persisted: 0 } },
			},
			resources: [],
		});

		const { rows } = await diagnose(RUNS.other.replace('63', 'aa'), { slackBlocks: true });

		expect(rows[0]?.verdict).toBe('records_dropped');
		const message = JSON.stringify(rows[0]?.slack_message);
		expect(message).toContain('&lt;!channel&gt;');
		expect(message).not.toContain('<!channel>');
		expect(message).not.toContain('<https:');
		expect(rows[0]?.summary).toContain('<!channel>');
		expect(rows[0]?.slack_message).toMatchObject({
			text: expect.stringContaining('&lt;!channel&gt;'),
			blocks: expect.arrayContaining([expect.objectContaining({ type: 'section' })]),
		});
	});
});
