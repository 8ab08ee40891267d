import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, FAULTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { searchList } from './methods.mts';
import { TriggerNode } from './n8n/trigger-node.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator({ allowHttpWebhooks: true });

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** Truto takes its time. @returns how many requests are sent, and how many of them one after the other */
async function sentDuring(work: () => Promise<unknown>) {
	truto().faults.random(1, { kind: 'delayHeaders', ms: 200 });
	truto().clearRequests();
	await work();
	let inTurn = 0;
	let end = 0;
	const byEnd = [...truto().requests].sort((a, b) => a.finishedAt - b.finishedAt);
	for (const { startedAt, finishedAt } of byEnd) {
		if (startedAt < end) continue;
		inTurn++;
		end = finishedAt;
	}
	return { requests: byEnd.length, inTurn };
}

const run = async (test: Partial<TrutoTest>) => {
	const { error, rows } = await runTruto({ simulator: truto(), ...test });
	expect(error).toBeUndefined();
	return rows;
};

describe('what does not depend on each other is asked for side by side', () => {
	it('the sync job and the logs of a run, for Diagnose', async () => {
		const parameters = { operation: 'diagnose', syncJobRunId: byId(RUNS.nothingFetched) };

		const sent = await sentDuring(async () => await run({ parameters }));

		// The run, its job and its logs, its account.
		expect(sent).toEqual({ requests: 4, inTurn: 3 });
	});

	it('all runs of Diagnose', async () => {
		const items = Array.from({ length: 30 }, () => ({}));
		const parameters = { operation: 'diagnose', syncJobRunId: byId(RUNS.nothingFetched) };

		const sent = await sentDuring(async () => await run({ items, parameters }));

		expect(sent).toEqual({ requests: 120, inTurn: 3 });
	});

	it('the sync job and the account, before Start starts runs for them', async () => {
		const sent = await sentDuring(
			async () =>
				await run({
					items: [{}, {}, {}],
					parameters: {
						operation: 'start',
						syncJobId: byId(SYNC_JOBS.crm),
						integratedAccountId: byId(ACCOUNTS.hubspot),
						argsFields: { mappingMode: 'defineBelow', value: { since: '2026-11-01' } },
					},
				}),
		);

		// The job, the account, and then three runs.
		expect(sent).toEqual({ requests: 5, inTurn: 2 });
	});

	const logs = async (paging: object) =>
		await run({
			parameters: {
				operation: 'getLogs',
				syncJobRunId: byId(RUNS.failed),
				options: { loggedAfter: daysAgo(300) },
				...paging,
			},
		});

	it('the months of a log, if all of it is wanted, and names', async () => {
		const sent = await sentDuring(async () => await logs({ returnAll: true }));

		// The run, then 300 days of at most 28 days each, and the names of its customer and its job.
		expect(sent).toEqual({ requests: 14, inTurn: 2 });
	});

	it('but not if the first entries may be enough', async () => {
		const rows = await logs({ returnAll: true });
		const sent = await sentDuring(async () => await logs({ returnAll: false, limit: 1 }));

		expect(rows.length).toBeGreaterThan(1);
		expect(sent).toEqual({ requests: 14, inTurn: 12 });
	});

	it.each(['searchSchedules', 'searchSyncJobRuns'])('the names in a list (%s)', async (method) => {
		const list = { method, path: 'id' };

		const sent = await sentDuring(async () => await searchList({ simulator: truto() }, list));

		// The page, then all the names that are not in it.
		expect(sent.requests).toBeGreaterThan(2);
		expect(sent.inTurn).toBe(2);
	});

	it('webhooks that are left over, before the trigger makes its own', async () => {
		const trigger = new TriggerNode({ simulator: truto() });
		const left = { target_url: trigger.url, created_at: daysAgo(1) };
		for (const id of ['a', 'b', 'c']) truto().store.addWebhook({ id, ...left });

		const sent = await sentDuring(async () => {
			await trigger.activate();
		});

		// The list, three of them deleted, the new one.
		expect(sent).toEqual({ requests: 5, inTurn: 3 });
	});
});

describe('a failure of what is asked for side by side', () => {
	it('counts only if it is needed: Start goes on without an account that nothing is known of', async () => {
		truto().faults.forPath(`/integrated-account/${ACCOUNTS.hubspot}`, FAULTS.forbidden);

		const rows = await run({
			parameters: {
				operation: 'start',
				syncJobId: byId(SYNC_JOBS.crm),
				integratedAccountId: byId(ACCOUNTS.hubspot),
				argsFields: { mappingMode: 'defineBelow', value: { since: '2026-11-01' } },
			},
		});

		expect(rows).toHaveLength(1);
	});

	it('is that of the argument that is missing, whatever is wrong with the account', async () => {
		truto().faults.forPath(`/integrated-account/${ACCOUNTS.hubspot}`, FAULTS.unprocessable);

		const { error } = await runTruto({
			simulator: truto(),
			parameters: {
				operation: 'start',
				syncJobId: byId(SYNC_JOBS.crm),
				integratedAccountId: byId(ACCOUNTS.hubspot),
				argsFields: { mappingMode: 'defineBelow', value: {} },
			},
		});

		expect(error?.message).toContain('since');
	});

	it('of one month is that of the log', async () => {
		truto().faults.forPath('/log', FAULTS.forbidden, 1);

		const { error } = await runTruto({
			simulator: truto(),
			parameters: {
				operation: 'getLogs',
				syncJobRunId: byId(RUNS.failed),
				returnAll: true,
				options: { loggedAfter: daysAgo(300) },
			},
		});

		expect(error?.message).toContain('(403)');
	});
});
