import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { describe, expect, it, jest } from '@jest/globals';

import { usePollingWorld } from './polling.mts';

jest.setTimeout(600_000);

const { world, addRun, end, flow, activate, executions, started, startedRuns, until } =
	usePollingWorld();

/** What n8n's database keeps of a workflow for its trigger: static data, and what has started it before. */
function storedBytes(workflowId: string): number[] {
	const file = join(world().n8n.userFolder, '.n8n', 'database.sqlite');
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		return [
			'SELECT sum(length(staticData)) AS bytes FROM workflow_entity WHERE id = ?',
			'SELECT sum(length(value)) AS bytes FROM processed_data WHERE workflowId = ?',
		].map((sql) => Number(database.prepare(sql).get(workflowId)?.bytes ?? Number.NaN));
	} finally {
		database.close();
	}
}

describe('a workflow that polls', () => {
	it('starts once for each run that ends, and 100 that end at once start it once', async () => {
		end(addRun());
		const busy = addRun();
		const id = await activate(flow('polling'));
		expect(await started(id)).toEqual([]);
		end(busy);
		expect(await startedRuns(id, 1)).toEqual([[busy]]);
		const future = addRun({ created_at: '2099-01-01T00:00:00.000Z' });
		const runs = [future, ...Array.from({ length: 100 }, () => addRun())];
		end(...runs);
		const all = await startedRuns(id, 102);
		expect(all.flat().sort()).toEqual([busy, ...runs].sort());
		// All ended between two polls, if not just during one.
		expect(all.length).toBeLessThanOrEqual(3);
	});

	it('doubles nothing when an execution puts old static data back and n8n is restarted', async () => {
		const [first, second, during] = [addRun(), addRun(), addRun()];
		const wait = {
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: {
				amount: `={{ $json.sync_job_run_id === '${first}' ? 10 : 0 }}`,
				unit: 'seconds',
			},
		};
		const code = {
			name: 'Count',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: {
				jsCode:
					"const data = $getWorkflowStaticData('global'); data.count = (data.count ?? 0) + 1; return $input.all();",
			},
		};
		const id = await activate(flow('old data', wait, code));
		end(first);
		await until(async () => (await world().n8n.api.executionsOf(id)).length === 1);
		end(second);
		expect(await startedRuns(id, 2)).toEqual([[first], [second]]);
		let brief = '';
		await world().restart('SIGTERM', () => {
			end(during);
			brief = addRun({ status: 'completed' });
		});
		// The poll finds the second run anew, and the execution sees that it has been there.
		const all = await startedRuns(id, 4);
		expect(all.flat().sort()).toEqual([first, second, during, brief].sort());
		expect(all).toHaveLength(3);
	});

	it('of 5,400 runs in one interval, starts once for each although n8n is killed at once', async () => {
		const { dialect, store } = world().simulator;
		// Reading each of them would take as long as the rate limit wants.
		dialect.nestedSyncJob = 'everywhere';
		const runs = store.addManyRuns(5_400, { status: 'running', resources: 1, spacingMs: 10 });
		const id = await activate(flow('many'));
		end(...runs);
		await until(async () => (await world().n8n.api.executionsOf(id)).length > 0);
		await world().restart('SIGKILL');
		// n8n doesn't repeat an execution that has crashed, but lists it. It has the runs.
		const crashed = (await executions(id)).filter(({ status }) => status === 'crashed');
		const inCrashed = new Set(
			crashed.flatMap(({ raw }) => raw?.match(/b0000000-[0-9a-f-]{27}/g) ?? []),
		);
		const ids = (await startedRuns(id, runs.length - inCrashed.size)).flat();
		const all = new Set([...ids, ...inCrashed]);
		expect(new Set(ids).size).toBe(ids.length);
		expect(runs.filter((run) => !all.has(run))).toHaveLength(0);
		const [staticData, processed] = storedBytes(id);
		expect(staticData).toBeLessThan(400_000);
		// 20,000 entries at most: two for each run, and one more for each time that n8n got it again.
		expect(processed).toBeLessThan(541_000);
		// Else this test shows nothing.
		expect(ids.length).toBeGreaterThanOrEqual(400);
	});
});

describe('Fetch Test Event', () => {
	it('gives the latest run that ended', async () => {
		const [first, last] = [addRun(), addRun()];
		end(first, last);
		world().simulator.store.patchRun(first, { finished_at: '2026-01-01T00:00:00.000Z' });
		const { error, nodes } = await world().n8n.api.run(flow('test'));
		expect(error).toBeUndefined();
		expect(nodes.Polling?.outputs[0]?.map(({ json }) => json.sync_job_run_id)).toEqual([last]);
	});

	it('says so if there is none', async () => {
		addRun();
		const { error } = await world().n8n.api.run(flow('test'));
		expect(error?.message).toBe('No sync job run was found that would start the workflow');
	});
});
