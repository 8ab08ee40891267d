import { describe, expect, it } from '@jest/globals';

import { CRON_TRIGGERS, FAULTS, RUNS, SYNC_JOBS, UNLIKELY_DIALECT } from '../simulator/index.mts';
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
			[CRON_TRIGGERS.sixHourly]:
				'Pipedrive to warehouse · pipedrive · northwind-traders · every 6 hours',
			[CRON_TRIGGERS.nightly]: 'jira · wingtip-toys · every day at 02:30 UTC',
			[CRON_TRIGGERS.unscheduled]: 'bamboohr · globex-7 · every Monday at 06:00 UTC',
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
		truto().faults.forPath('GET /sync-job', FAULTS.forbidden);
		truto().faults.forPath('GET /integrated-account', FAULTS.forbidden);

		const shown = await list('searchSchedules', 'scheduleId', '02:30');

		expect(shown).toEqual([
			[CRON_TRIGGERS.nightly, '…00000008 · …0000000a · every day at 02:30 UTC'],
		]);
	});
});

describe('the list of runs', () => {
	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('tells two runs of one job apart, when Truto speaks %s', async (_, dialect) => {
		truto().speak(dialect);
		const runs = ['11111111', '22222222'].map((end) =>
			truto().store.addRun({
				id: `3f0c8a52-6f3e-4b7f-9a57-0d5c${end}`,
				sync_job_id: SYNC_JOBS.v4Crm,
				status: 'completed',
				created_at: '2099-01-01T10:00:00.000Z',
				started_at: '2099-01-01T10:00:30.000Z',
			}),
		);

		const shown = await list('searchSyncJobRuns', 'syncJobRunId');

		const names = Object.fromEntries(shown);
		expect(runs.map(({ id }) => names[id])).toEqual([
			expect.stringMatching(/pipedrive.* · completed · 2099-01-01 10:00 UTC · …11111111$/i),
			expect.stringMatching(/pipedrive.* · completed · 2099-01-01 10:00 UTC · …22222222$/i),
		]);
	});

	it('names the tenant if Truto sends the account', async () => {
		truto().store.patchRun(RUNS.completed, { integrated_account: { tenant_id: 'acme-1' } });

		const shown = await list('searchSyncJobRuns', 'syncJobRunId', RUNS.completed);

		expect(shown[0]?.[1]).toMatch(/^hubspot · acme-1 · completed · /);
	});
});
