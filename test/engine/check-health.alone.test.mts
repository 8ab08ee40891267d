import { expect, it, jest } from '@jest/globals';

import { fixedId, VALID_TOKEN } from '../simulator/index.mts';
import { customerAccount, seedHealth } from '../simulator/seed-health.mts';
import { runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

jest.setTimeout(300_000);

const truto = useSimulator({ seed: false, rateLimit: false, recordRequests: false });

const LATENCY_MS = 150;
const PATHS = ['/sync-job-run', '/integrated-account', '/sync-job', '/sync-job-cron-trigger'];

/** How long the pages of all lists take one after the other, without n8n and without reading them. */
async function pagesOneByOne(): Promise<number> {
	const begin = performance.now();
	for (const path of PATHS) {
		let cursor: unknown = '';
		while (typeof cursor === 'string') {
			const url = new URL(`${truto().url}${path}?limit=500&sort=-created_at`);
			if (cursor !== '') url.searchParams.set('next_cursor', cursor);
			const answer = await fetch(url, { headers: { Authorization: `Bearer ${VALID_TOKEN}` } });
			({ next_cursor: cursor } = (await answer.json()) as { next_cursor?: unknown });
		}
	}
	return performance.now() - begin;
}

it('20,000 runs of 2,000 syncs take little longer than their pages, and little memory', async () => {
	const { store, faults } = truto();
	seedHealth(store, 2_000);
	const now = Date.now();
	for (let index = store.runs.size; index < 20_000; index++) {
		const customer = (index % 2_000) + 1;
		store.addRun({
			id: fixedId('bee0', index),
			status: 'completed',
			sync_job_id: fixedId('5ae0', customer % 3 || 3),
			integrated_account_id: customerAccount(customer),
			resource_stats: { 'crm/contacts': { list: { fetched: 5, persisted: 5 } } },
			created_at: new Date(now - 40_000_000 - index * 5_000).toISOString(),
		});
	}
	faults.forPath(/.*/, { kind: 'delayHeaders', ms: LATENCY_MS });
	const pagesMs = await pagesOneByOne();
	globalThis.gc?.();
	const before = process.memoryUsage().heapUsed;
	let most = before;
	const watching = setInterval(() => {
		most = Math.max(most, process.memoryUsage().heapUsed);
	}, 20);

	const begin = performance.now();
	const { rows, error } = await runTruto({
		simulator: truto(),
		parameters: { resource: 'syncJob', operation: 'checkHealth' },
	});
	const nodeMs = performance.now() - begin;
	clearInterval(watching);

	expect(error).toBeUndefined();
	expect(rows.length).toBeGreaterThanOrEqual(2_000);
	expect(nodeMs).toBeLessThan(1.3 * pagesMs);
	expect((most - before) / 1e6).toBeLessThan(400);
});
