import { describe, expect, it } from '@jest/globals';

import {
	ACCOUNTS,
	CRON_TRIGGERS,
	FAULTS,
	SYNC_JOBS,
	UNLIKELY_DIALECT,
} from '../simulator/index.mts';
import { searchList } from './methods.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const list = async (method: string, path: string, filter?: string) => {
	const { results } = await searchList({ simulator: truto() }, { method, path, filter });
	return results.map(({ name, value }) => [value, name]);
};

describe('the list of webhooks', () => {
	const addWebhooks = () => {
		truto().store.webhooks.clear();
		const created_at = (day: number) => `2026-01-0${String(day)}T00:00:00.000Z`;
		for (const [id, is_active, day] of [
			['a', true, 1],
			['b', false, 2],
			['c', true, 3],
		] as const) {
			const target_url = `https://${id}.example`;
			truto().store.addWebhook({ id, target_url, is_active, created_at: created_at(day) });
		}
	};

	it('shows the active ones first, and which are not', async () => {
		addWebhooks();

		expect(await list('searchWebhooks', 'webhookId')).toEqual([
			['c', 'https://c.example · active'],
			['a', 'https://a.example · active'],
			['b', 'https://b.example · not active'],
		]);
	});

	it('finds by the target, and says so if there is none', async () => {
		addWebhooks();

		expect(await list('searchWebhooks', 'webhookId', 'B.example')).toEqual([
			['b', 'https://b.example · not active'],
		]);
		expect(await list('searchWebhooks', 'webhookId', 'x.example')).toEqual([
			['', 'No webhooks match "x.example"'],
		]);
	});
});

describe('the list of schedules', () => {
	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('shows job, tenant and times in words, when Truto speaks %s', async (_, dialect) => {
		truto().speak(dialect);

		const shown = await list('searchSchedules', 'scheduleId');

		expect(Object.fromEntries(shown)).toEqual({
			[CRON_TRIGGERS.sixHourly]: 'every 6 hours · northwind-traders · Pipedrive to warehouse',
			[CRON_TRIGGERS.nightly]: 'every day at 02:30 UTC · wingtip-toys · jira',
			[CRON_TRIGGERS.unscheduled]: 'every Monday at 06:00 UTC · globex-7 · bamboohr',
		});
	});

	it('finds by several words, in any order and case', async () => {
		const shown = await list('searchSchedules', 'scheduleId', 'Monday  GLOBEX');

		expect(shown.map(([id]) => id)).toEqual([CRON_TRIGGERS.unscheduled]);
	});

	it('finds by any of them', async () => {
		const shown = await list('searchSchedules', 'scheduleId', 'monday');

		expect(shown.map(([id]) => id)).toEqual([CRON_TRIGGERS.unscheduled]);
	});

	it('does without names that the token may not read', async () => {
		truto().faults.forPath(/GET \/(sync-job|integrated-account)\//, FAULTS.forbidden);

		const shown = await list('searchSchedules', 'scheduleId', '02:30');

		expect(shown).toEqual([
			[CRON_TRIGGERS.nightly, 'every day at 02:30 UTC · …0000000a · …00000008'],
		]);
	});
});

describe('the list of runs', () => {
	const addRun = (minute: number, run = {}) =>
		truto().store.addRun({
			sync_job_id: SYNC_JOBS.v4Crm,
			integrated_account_id: ACCOUNTS.pipedrive,
			args: { integrated_account_id: ACCOUNTS.pipedrive },
			status: 'rate_limited',
			created_at: `2099-01-02T03:${String(minute)}:00.000Z`,
			started_at: `2099-01-02T03:${String(minute)}:30.000Z`,
			...run,
		}).id;

	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('says whose run it is, and when, when Truto speaks %s', async (_, dialect) => {
		truto().speak(dialect);
		const ids = [addRun(10), addRun(11)];

		const shown = await list('searchSyncJobRuns', 'syncJobRunId');

		// New York is five hours behind.
		expect(ids.map((id) => Object.fromEntries(shown)[id])).toEqual([
			'northwind-traders · Pipedrive to warehouse · rate limited · 1 Jan 2099 22:10',
			'northwind-traders · Pipedrive to warehouse · rate limited · 1 Jan 2099 22:11',
		]);
	});

	it.each(['northwind limited', 'warehouse 22:10', 'PIPEDRIVE rate_limited', '1 jan'])(
		'finds a run by all that is shown: %s',
		async (filter) => {
			const id = addRun(10);

			expect((await list('searchSyncJobRuns', 'syncJobRunId', filter))[0]?.[0]).toBe(id);
		},
	);

	it('finds the runs of a customer that are not among the latest', async () => {
		const { store } = truto();
		store.addManyRuns(1_000, { resources: 1 });
		const { id: account } = store.addIntegratedAccount({ tenant_id: 'Quiet Customer' });
		const old = { integrated_account_id: account, created_at: '2020-01-01T00:00:00.000Z' };
		const id = addRun(10, { ...old, status: 'completed' });
		addRun(11, { ...old, status: 'failed' });
		truto().clearRequests();

		const shown = await list('searchSyncJobRuns', 'syncJobRunId', 'quiet completed');

		expect(shown.map(([found]) => found)).toEqual([id]);
		expect(truto().requests.length).toBeLessThan(18);
	});

	it.each(['Running Shoes', 'Failed Bank', 'Rate Limited GmbH'])(
		'finds all runs of a customer whose name is like a status: %s',
		async (tenant_id) => {
			const { id: account } = truto().store.addIntegratedAccount({ tenant_id });
			const ids = ['completed', 'failed', 'running', 'rate_limited'].map((status, index) =>
				addRun(10 + index, { integrated_account_id: account, status }),
			);

			const shown = await list('searchSyncJobRuns', 'syncJobRunId', tenant_id);

			expect(shown.map(([found]) => found).sort()).toEqual(ids.sort());
		},
	);

	it('finds all failed runs, also those that are not among the latest, page by page', async () => {
		const { store } = truto();
		store.addManyRuns(400, { resources: 1 });
		const ids = Array.from({ length: 350 }, (_, index) =>
			addRun(10, {
				status: 'failed',
				created_at: new Date(1.5e12 + index).toISOString(),
				started_at: null,
			}),
		);
		const found: string[] = [];
		let page: string | undefined;
		do {
			const search = { method: 'searchSyncJobRuns', path: 'syncJobRunId', filter: 'failed 13 jul' };
			const part = await searchList({ simulator: truto() }, { ...search, page });
			found.push(...part.results.map(({ value }) => String(value)));
			page = part.paginationToken as string | undefined;
		} while (page !== undefined);

		expect(found.sort()).toEqual(ids.sort());
	});

	it('shows what came, if one of the accounts of a customer could not be searched', async () => {
		const { store } = truto();
		store.addManyRuns(1_000, { resources: 1 });
		const old = { created_at: '2020-01-01T00:00:00.000Z' };
		const ids = [1, 2].map((minute) => {
			const { id } = store.addIntegratedAccount({ tenant_id: 'Quiet Customer' });
			return addRun(10 + minute, { ...old, integrated_account_id: id });
		});
		// The three pages of the latest runs come first.
		truto().faults.forPath('GET /sync-job-run', FAULTS.gzip, 3);
		truto().faults.forPath('GET /sync-job-run', FAULTS.remoteServerError, 1);

		const shown = await list('searchSyncJobRuns', 'syncJobRunId', 'quiet');

		expect(shown).toHaveLength(1);
		expect(ids).toContain(shown[0]?.[0]);
	});

	it('does without names that the token may not read', async () => {
		truto().faults.forPath(/GET \/(sync-job|integrated-account)\b(?!-)/, FAULTS.forbidden);
		addRun(10);

		const [first] = await list('searchSyncJobRuns', 'syncJobRunId');

		expect(first?.[1]).toBe('…00000007 · pipedrive · rate limited · 1 Jan 2099 22:10');
	});
});
