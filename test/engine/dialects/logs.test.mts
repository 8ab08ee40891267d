import { describe, expect, it } from '@jest/globals';

import {
	FORMS,
	formsOf,
	RUNS,
	SYNC_JOBS,
	type Dialect,
	type NamedDialect,
} from '../../simulator/index.mts';
import { byId, runTruto } from '../harness.mts';
import { useSimulator } from '../use-simulator.mts';
import { operate } from './operate.mts';

const truto = useSimulator();

/** Each place of the fields with each form of `logs`. */
const ALL_FORMS: NamedDialect[] = FORMS.logEntries.flatMap((logEntries) =>
	FORMS.logTexts.map((logTexts) => {
		const dialect: Partial<Dialect> = { logEntries, logTexts };
		return { name: Object.values(dialect).join(', '), dialect };
	}),
);

const getLogs = async (id: string, parameters: object = {}) =>
	await operate(truto(), 'getLogs', { syncJobRunId: byId(id), ...parameters });

/** What *Wait* says of a run that has failed. */
async function whyFailed(id: string): Promise<string> {
	const { error } = await runTruto({
		simulator: truto(),
		parameters: { operation: 'wait', syncJobRunId: byId(id) },
	});
	return `${String(error?.message)} ${String(error?.description)}`;
}

describe.each(ALL_FORMS)('D8, fields and logs: $name', ({ dialect }) => {
	it('Get Logs has the same columns first, and says what went wrong', async () => {
		truto().speak(dialect);

		const [fetched, failed] = await getLogs(RUNS.v4FailedMapping);

		expect(Object.keys(fetched ?? {}).slice(0, 6)).toEqual([
			...['timestamp', 'is_error', 'message', 'resource', 'method', 'event'],
		]);
		expect(fetched).toMatchObject({
			is_error: false,
			resource: 'crm/contacts',
			method: 'list',
			num_records: 100,
		});
		expect(failed).toMatchObject({ is_error: true, resource: 'crm/contacts', status: 'failed' });
		expect(failed?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/);
		expect(failed?.message).toMatch(/Error in transform node remove-remote-data/);
		expect(failed?.message).toMatch(/JSONata error T0410: Argument 1 of function "sift"/);
	});

	it('Get Logs says what the integrated app answered', async () => {
		truto().speak(dialect);

		const entries = await getLogs(RUNS.failedReauth);

		expect(entries.map(({ is_error }) => is_error)).toEqual([false, true]);
		expect(entries[1]?.message).toMatch(/Request to Pipedrive failed with status 401/);
		expect(entries[1]?.message).toMatch(/The access token expired/);
	});

	it('Get Logs marks what was not delivered', async () => {
		truto().speak(dialect);

		const [byWebhook] = await getLogs(RUNS.notDelivered);
		const [byDatastore] = await getLogs(RUNS.notStored);

		expect(byWebhook).toMatchObject({ is_error: true, webhook_status: 502 });
		expect(byDatastore).toMatchObject({ is_error: true, datastore_successful: false });
	});

	it.each([
		[RUNS.v4FailedMapping, /remove-remote-data/, /JSONata error T0410/],
		[RUNS.failedReauth, /Request to Pipedrive failed with status 401/, /auth/i],
		[RUNS.v4FailedUpstream, /Request to Jira failed with status 503/, /upstream|integrated app/i],
		[RUNS.failedScopes, /Request to Jira failed with status 403/, /auth|permission|scope/i],
	])('Wait fails with the reason of run %s', async (id, reason, cause) => {
		truto().speak(dialect);

		const said = await whyFailed(id);

		expect(said).toMatch(/failed/);
		expect(said).toMatch(reason);
		expect(said).toMatch(cause);
	});
});

describe.each(formsOf('logEntries'))('D8, $name', ({ dialect }) => {
	it('deliveries to the webhook of a run', async () => {
		truto().speak(dialect);

		const entries = await getLogs(RUNS.notDelivered, { logType: 'webhook' });

		expect(entries).toMatchObject([
			{ is_error: true, event: 'sync_job_run:record', webhook_endpoint_status: 502 },
		]);
	});

	it('what the schedules of the run’s job did, and no other job’s', async () => {
		truto().speak(dialect);
		const ran = Date.now() - 7 * 60_000;
		for (const entity_id of [SYNC_JOBS.v4Ticketing, SYNC_JOBS.v4Crm]) {
			const timestamp = new Date(ran).toISOString();
			truto().store.addOtherLog('sync_job_cron_trigger', { timestamp, entity_id, duration: 3 });
		}

		const entries = await getLogs(RUNS.v4RateLimited, { logType: 'sync_job_cron_trigger' });

		expect(entries.map(({ entity_id }) => entity_id)).toEqual([SYNC_JOBS.v4Ticketing]);
	});
});

describe.each(formsOf('times', 'logEntries'))(
	'the first error of a failed run, $name',
	({ dialect }) => {
		it('is the first in time', async () => {
			truto().speak(dialect);
			const { id } = truto().store.addRun({
				status: 'failed',
				created_at: '2026-04-01T10:00:00.000Z',
				updated_at: '2026-04-01T10:05:00.000Z',
			});
			for (const second of ['40', '05', '20']) {
				truto().store.addLog({
					sync_job_run_id: id,
					timestamp: `2026-04-01T10:00:${second}.000Z`,
					sync_job_run_event: 'failed',
					status: 'failed',
					message: `Request failed with status 500 at ${second}`,
					logs: [`Request failed with status 500 at ${second}`],
				});
			}

			expect(await whyFailed(id)).toMatch(/status 500 at 05/);
		});
	},
);
