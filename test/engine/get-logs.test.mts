import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, FAULTS, RUNS, UNKNOWN_ID } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const getLogs = async (id: string, parameters: INodeParameters = {}) =>
	await runTruto({
		simulator: truto(),
		parameters: { operation: 'getLogs', syncJobRunId: byId(id), ...parameters },
	});

const logQueries = () =>
	truto()
		.requests.filter(({ path }) => path === '/log')
		.map(({ query }) => query);

describe('Get Logs', () => {
	it('gives one item per entry, page by page, up to the limit', async () => {
		const all = await getLogs(RUNS.failedManyLogs, { returnAll: true });
		const pages = logQueries();
		truto().clearRequests();
		const some = await getLogs(RUNS.failedManyLogs, { limit: 130 });

		expect(all.rows).toHaveLength(260);
		expect(pages).toHaveLength(3);
		expect(pages[0]).toMatchObject({
			log_type: 'rapid_bridge',
			'log_type_filter[sync_job_run_id]': RUNS.failedManyLogs,
			limit: '100',
		});
		expect(some.rows).toHaveLength(130);
		expect(logQueries().map(({ limit }) => limit)).toEqual(['100', '100', '100']);
		expect(some.rows.every((row) => row.sync_job_run_id === RUNS.failedManyLogs)).toBe(true);
	});

	it('names the integration of the sync job in the log of its schedules', async () => {
		const { store } = truto();
		const run = store.runs.get(RUNS.v4RateLimited);
		const timestamp = new Date(Date.now() - 420_000).toISOString();
		store.addOtherLog('sync_job_cron_trigger', { timestamp, entity_id: run?.sync_job_id });

		const { rows } = await getLogs(RUNS.v4RateLimited, {
			logType: 'sync_job_cron_trigger',
			options: { includeNames: false },
		});

		expect(rows).toMatchObject([{ tenant_id: null, integration_name: 'jira' }]);
	});

	it('returns the oldest entries of a long log, in fewer requests than all of it takes', async () => {
		const { store } = truto();
		const begin = Date.now() - 3_600_000;
		store.patchRun(RUNS.running, { created_at: new Date(begin).toISOString() });
		const all = Array.from({ length: 3_000 }, (_, index) => {
			const timestamp = new Date(begin + index * 1_000).toISOString();
			return store.addLog({ sync_job_run_id: RUNS.running, timestamp }).timestamp;
		});

		const { rows } = await getLogs(RUNS.running, { limit: 60 });

		const times = rows.map(({ timestamp }) => timestamp);
		expect(times).toEqual([...times].sort());
		expect(times.filter((time) => all.includes(String(time)))).toEqual(all.slice(0, times.length));
		expect(times).toHaveLength(60);
		expect(logQueries().length).toBeLessThan(25);
	});

	it('searches no more than a month at once', async () => {
		const created = new Date(Date.now() - 80 * 24 * 3_600_000).toISOString();
		truto().store.patchRun(RUNS.running, { created_at: created });
		truto().store.addLog({ sync_job_run_id: RUNS.running, timestamp: created });
		truto().store.addLog({ sync_job_run_id: RUNS.running });

		const { rows, error } = await getLogs(RUNS.running, { returnAll: true });

		expect(error).toBeUndefined();
		expect(rows.length).toBeGreaterThanOrEqual(2);
		expect(logQueries()).toHaveLength(3);
	});

	it('ends the other items if the node fails because of one', async () => {
		truto().faults.forPath('GET /log', { kind: 'delayHeaders', ms: 2_000 });

		const { error } = await runTruto({
			simulator: truto(),
			parameters: {
				operation: 'getLogs',
				syncJobRunId: byId('={{ $json.id }}'),
				returnAll: true,
			},
			items: [{ id: UNKNOWN_ID }, { id: RUNS.failedManyLogs }],
		});

		expect(error?.message).toMatch(/was not found in Truto \(404\) \[item 0\]/);
		expect(logQueries().length).toBeLessThan(2);
	});

	it('filters by event', async () => {
		const { rows } = await getLogs(RUNS.failedManyLogs, {
			options: { event: 'failed' },
		});

		expect(logQueries()).toMatchObject([{ 'log_type_filter[sync_job_run_event]': 'failed' }]);
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.length).toBeLessThan(50);
	});
});

describe('Get Logs, with names', () => {
	const tenantsOf = (rows: IDataObject[]) => rows.map(({ tenant_id }) => tenant_id);
	const now = () => new Date(Date.now() - 60_000).toISOString();

	it('names the customer of the run also for an entry without an account', async () => {
		const { store } = truto();
		store.patchRun(RUNS.v4RateLimited, {
			created_at: new Date(Date.now() - 600_000).toISOString(),
		});
		store.addLog({
			sync_job_run_id: RUNS.v4RateLimited,
			integrated_account_id: '',
			timestamp: now(),
		});

		const { rows } = await getLogs(RUNS.v4RateLimited);

		expect(rows.length).toBeGreaterThan(0);
		expect(new Set(tenantsOf(rows))).toEqual(new Set(['wingtip-toys']));
	});

	it('names the customer of each entry of the schedules', async () => {
		const { store } = truto();
		const run = store.runs.get(RUNS.v4RateLimited);
		const entity_id = run?.sync_job_id;
		for (const account of [run?.integrated_account_id, ACCOUNTS.hubspot, undefined]) {
			const entry = { timestamp: now(), entity_id, integrated_account_id: account };
			store.addOtherLog('sync_job_cron_trigger', entry);
		}
		const parameters = { logType: 'sync_job_cron_trigger' };

		const named = await getLogs(RUNS.v4RateLimited, parameters);
		const plain = await getLogs(RUNS.v4RateLimited, {
			...parameters,
			options: { includeNames: false },
		});

		expect(new Set(tenantsOf(named.rows))).toEqual(new Set(['wingtip-toys', 'acme-1', null]));
		expect(tenantsOf(plain.rows)).toEqual([null, null, null]);
	});

	it('takes the customer that comes with the run only for entries of its account', async () => {
		const { store, faults } = truto();
		const run = store.runs.get(RUNS.v4RateLimited);
		const entity_id = run?.sync_job_id;
		for (const account of [
			run?.integrated_account_id?.toUpperCase(),
			ACCOUNTS.hubspot,
			undefined,
		]) {
			const entry = { timestamp: now(), entity_id, integrated_account_id: account };
			store.addOtherLog('sync_job_cron_trigger', entry);
		}
		const getOf = async (integrated_account_id: unknown) => {
			const account = { integrated_account_id, integrated_account: { tenant_id: 'from-run' } };
			const body = { ...run, args: {}, ...account };
			faults.forPath(
				`GET /sync-job-run/${RUNS.v4RateLimited}`,
				{ kind: 'status', status: 200, body },
				1,
			);
			const { rows } = await getLogs(RUNS.v4RateLimited, {
				logType: 'sync_job_cron_trigger',
				options: { includeNames: false },
			});
			return tenantsOf(rows).map(String).sort();
		};

		expect(await getOf(run?.integrated_account_id)).toEqual(['from-run', 'null', 'null']);
		expect(await getOf(null)).toEqual(['null', 'null', 'null']);
	});

	it('names nobody for a delivery, and asks for those of the webhook', async () => {
		const { rows } = await getLogs(RUNS.notDelivered, { logType: 'webhook' });

		expect(rows.length).toBeGreaterThan(0);
		expect(rows.filter((row) => 'tenant_id' in row)).toEqual([]);
		expect(logQueries()[0]).toMatchObject({
			log_type: 'webhook',
			'log_type_filter[webhook_id]': truto().store.runs.get(RUNS.notDelivered)?.webhook_id,
		});
	});

	it('gives no entry of a schedule if the run names no sync job', async () => {
		const { store } = truto();
		const { id } = store.addRun({ status: 'completed', sync_job_id: '' });
		store.addOtherLog('sync_job_cron_trigger', { timestamp: now(), entity_id: '' });

		const { rows, error } = await getLogs(id, {
			logType: 'sync_job_cron_trigger',
			options: { loggedAfter: '={{ $now.minus(1, "hour") }}', loggedBefore: '={{ $now }}' },
		});

		expect(error).toBeUndefined();
		expect(rows).toEqual([]);
	});

	it('says which logs it could not read', async () => {
		truto().faults.forPath('GET /log', FAULTS.forbidden);

		const { error } = await getLogs(RUNS.failedManyLogs);

		expect(error?.message).toContain(`the logs of sync job run ${RUNS.failedManyLogs}`);
	});
});

describe('Get Logs of deliveries', () => {
	it('asks for nothing if the ID of the webhook is empty: that would give the logs of all', async () => {
		const { id } = truto().store.addRun({ status: 'completed', webhook_id: '' });

		const { rows, error } = await getLogs(id, { logType: 'webhook' });

		expect(rows).toEqual([]);
		expect(error?.message).toBe(`Sync job run ${id} has no webhook [item 0]`);
		expect(error?.description).toBe(
			"It was not started with one, so there are no deliveries. Choose another 'Log Type'.",
		);
		expect(logQueries()).toEqual([]);
	});
});
