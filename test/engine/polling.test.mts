import { beforeEach, describe, expect, it } from '@jest/globals';

import { ACCOUNTS, FAULTS, SYNC_JOBS, type RunInput } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { PollingNode, type PollingTest } from './polling-node.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator({ dialect: { nestedSyncJob: 'on-get-only' } });

beforeEach(() => {
	truto().store.runs.clear();
});

const START = Date.now() - 3_600_000;
let created = 0;

/** A run that was created a second after the last one, unless told otherwise. */
function addRun(input: RunInput = {}): string {
	created += 1_000;
	const createdAt = new Date(START + created).toISOString();
	return truto().store.addRun({ status: 'completed', created_at: createdAt, ...input }).id;
}

function end(id: string, status = 'completed', at = new Date()): void {
	truto().store.patchRun(id, { status, finished_at: at.toISOString() });
}

const nodeWith = (test: Partial<PollingTest> = {}) =>
	new PollingNode({ simulator: truto(), ...test });

async function activated(test: Partial<PollingTest> = {}): Promise<PollingNode> {
	const node = nodeWith(test);
	expect(await node.activate()).toEqual([]);
	return node;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

const idsOf = (rows: { id?: unknown }[]) => rows.map(({ id }) => id);

describe('the first poll', () => {
	it('starts nothing old, and remembers what goes on', async () => {
		addRun();
		const busy = addRun({ status: 'running' });
		const limited = addRun({ status: 'rate_limited', created_at: daysAgo(20) });
		for (let run = 0; run < 60; run++) addRun();
		const node = await activated();
		expect(await node.pollAndExecute()).toEqual([]);
		end(busy);
		end(limited, 'failed', new Date(Date.now() + 1));
		const rows = await node.pollAndExecute();
		expect(rows.map(({ id, event }) => [id, event])).toEqual([
			[busy, 'sync_job_run:completed'],
			[limited, 'sync_job_run:failed'],
		]);
		expect(await node.pollAndExecute()).toEqual([]);
	});

	it('without any run at Truto does not lose the first one', async () => {
		const node = await activated();
		const id = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([id]);
	});

	it('fails where the token is wrong, and says in one text what to do', async () => {
		await expect(nodeWith({ credential: { apiToken: 'wrong' } }).activate()).rejects.toThrow(
			/^Truto did not accept the API token \(401\)\. .*Create a new one in Truto/,
		);
	});

	it('fails where nothing is chosen', async () => {
		await expect(nodeWith({ parameters: { triggerOn: [] } }).activate()).rejects.toThrow(
			"Nothing is chosen under 'Trigger On'. Choose at least one",
		);
	});
});

describe('the output', () => {
	it('is an event with the whole run, as Get gives it', async () => {
		const node = await activated();
		const id = addRun({ finished_at: '2026-02-03T04:05:06.000Z' });
		const [row] = await node.pollAndExecute();
		expect(row).toEqual({
			id,
			event: 'sync_job_run:completed',
			created_at: '2026-02-03T04:05:06.000Z',
			run: JSON.parse(JSON.stringify(truto().store.runs.get(id))),
		});
		expect(row?.run).toHaveProperty('sync_job.integration_name', 'hubspot');
	});

	it('is the run as the list has it where Truto does not give it once more', async () => {
		const node = await activated();
		const id = addRun();
		const items = await node.poll();
		truto().faults.next(10, FAULTS.unauthorized);
		const { items: output, error } = await node.execute(items);
		expect(error).toBeUndefined();
		expect(output[0]?.json).toMatchObject({ id, run: { id, status: 'completed' } });
		expect(output[0]?.json.run).not.toHaveProperty('sync_job');
	});

	it('can be simplified', async () => {
		const node = await activated({ parameters: { simplify: true } });
		const id = addRun();
		const [row] = await node.pollAndExecute();
		expect(Object.keys(row?.run as object)).toHaveLength(10);
		expect(row?.run).toMatchObject({ sync_job_run_id: id, label: 'hubspot' });
	});

	it('can be split by resource', async () => {
		const node = await activated({ parameters: { splitResourceStats: true } });
		const counts = { list: { fetched: 3, persisted: 2 } };
		addRun({ resource_stats: { 'crm/contacts': counts, 'crm/notes': counts } });
		addRun({ resource_stats: { 'crm/tasks': counts } });
		const { items } = await node.execute(await node.poll());
		expect(items.map(({ json, pairedItem }) => [json.resource, json.fetched, pairedItem])).toEqual([
			['crm/contacts', 3, { item: 0 }],
			['crm/notes', 3, { item: 0 }],
			['crm/tasks', 3, { item: 1 }],
		]);
	});
});

describe('many runs', () => {
	it('that end at once come as one item each, in one execution', async () => {
		const runs = Array.from({ length: 100 }, () => addRun({ status: 'running' }));
		const node = await activated();
		for (const run of runs) end(run);
		const rows = await node.pollAndExecute();
		expect(idsOf(rows).sort()).toEqual([...runs].sort());
		expect(await node.pollAndExecute()).toEqual([]);
	});

	it('that go on are looked at by three requests, not one by one', async () => {
		for (let run = 0; run < 100; run++) addRun({ status: 'running' });
		const later = addRun({ created_at: new Date().toISOString() });
		const node = await activated();
		truto().clearRequests();
		await node.poll();
		expect(truto().requests.map(({ path, query }) => [path, query.status])).toEqual([
			['/sync-job-run', undefined],
			['/sync-job-run', 'created'],
			['/sync-job-run', 'rate_limited'],
			['/sync-job-run', 'running'],
		]);
		expect(truto().store.runs.has(later)).toBe(true);
	});

	it('of a day in which n8n was off are caught up with, page by page', async () => {
		addRun();
		const node = await activated();
		// Fetching 500 runs once more takes as long as the rate limit wants.
		truto().dialect.nestedSyncJob = 'everywhere';
		const runs = Array.from({ length: 620 }, () => addRun());
		const first = await node.restart();
		const { items } = await node.execute(first);
		const rest = await node.pollAndExecute();
		expect([items.length, rest.length]).toEqual([500, 120]);
		const started = [...items.map(({ json }) => json.id), ...idsOf(rest)];
		expect(started).toEqual(runs);
	});
});

describe('what must not be lost or doubled', () => {
	it('runs of the same millisecond', async () => {
		const now = new Date().toISOString();
		addRun({ created_at: now });
		const node = await activated();
		const second = addRun({ created_at: now });
		expect(idsOf(await node.pollAndExecute())).toEqual([second]);
		const third = addRun({ created_at: now });
		expect(idsOf(await node.pollAndExecute())).toEqual([third]);
	});

	it('a restart of n8n between the end of a run and the poll', async () => {
		const busy = addRun({ status: 'running' });
		const node = await activated();
		await node.poll();
		const quick = addRun({ status: 'created' });
		await node.poll();
		end(busy);
		end(quick, 'failed', new Date(Date.now() + 1));
		const items = await node.restart();
		expect(idsOf((await node.execute(items)).items.map(({ json }) => json))).toEqual([busy, quick]);
		expect(await node.restart()).toEqual([]);
	});

	it('a crash between storing and starting: the run comes with the next one', async () => {
		const node = await activated();
		const lost = addRun();
		expect(idsOf((await node.poll()).map(({ json }) => json))).toEqual([lost]);
		expect(await node.restart()).toEqual([]);
		const next = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([next, lost]);
	});

	it('old static data that comes back before a restart: the run is given again, but starts nothing', async () => {
		const node = await activated();
		const before = node.stored;
		const once = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([once]);
		node.stored = before;
		const again = await node.restart();
		expect(idsOf(again.map(({ json }) => json))).toEqual([once]);
		expect((await node.execute(again)).items).toEqual([]);
		const next = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([next]);
	});

	it('old static data that comes back while n8n runs', async () => {
		const node = await activated();
		const before = node.stored;
		const once = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([once]);
		node.stored = before;
		// Publishing the workflow loads it.
		expect(await node.activate()).toEqual([]);
		expect(await node.poll()).toEqual([]);
	});

	it('two executions at once with the same run', async () => {
		const node = await activated();
		addRun();
		const items = await node.poll();
		const both = await Promise.all([node.execute(items), node.execute(items)]);
		expect(both.map(({ items: output }) => output.length).sort()).toEqual([0, 1]);
	});

	it('an execution that people repeat by hand', async () => {
		const node = await activated();
		const id = addRun();
		const items = await node.poll();
		await node.execute(items);
		const { items: output } = await node.execute(items, 'retry');
		expect(idsOf(output.map(({ json }) => json))).toEqual([id]);
	});
});

describe('errors of Truto', () => {
	it('leave the run to the next poll', async () => {
		const node = await activated();
		const id = addRun();
		truto().faults.next(3, FAULTS.unauthorized);
		await expect(node.poll()).rejects.toThrow('Truto did not accept the API token (401)');
		truto().faults.clear();
		expect(idsOf(await node.pollAndExecute())).toEqual([id]);
	});

	it('at one unfinished run do not hold up the others', async () => {
		const broken = addRun({ status: 'running' });
		const fine = addRun({ status: 'running' });
		addRun({ created_at: new Date(Date.now() + 600_000).toISOString() });
		const node = await activated();
		end(broken);
		end(fine);
		truto().faults.forPath(`/sync-job-run/${broken}`, FAULTS.forbidden);
		expect(idsOf(await node.pollAndExecute())).toEqual([fine]);
		expect(node.warnings).toEqual([
			expect.stringMatching(/^Truto Polling Trigger: .*\(403\).*The next poll looks again\.$/),
		]);
		truto().faults.clear();
		expect(idsOf(await node.pollAndExecute())).toEqual([broken]);
	});

	it('that deletes a run: it is forgotten', async () => {
		const gone = addRun({ status: 'running' });
		addRun({ created_at: new Date(Date.now() + 600_000).toISOString() });
		const node = await activated();
		truto().store.removeRun(gone);
		expect(await node.poll()).toEqual([]);
		truto().clearRequests();
		expect(await node.poll()).toEqual([]);
		expect(truto().requests.map(({ path }) => path)).toEqual(['/sync-job-run']);
	});
});

describe('choices', () => {
	it('the end of the run', async () => {
		const node = await activated({ parameters: { triggerOn: ['stopped'] } });
		addRun();
		addRun({ status: 'failed' });
		const stopped = addRun({ status: 'stopped' });
		expect(idsOf(await node.pollAndExecute())).toEqual([stopped]);
	});

	it('the sync job and the account', async () => {
		const filters = {
			syncJobId: byId(SYNC_JOBS.ticketing.toUpperCase()),
			integratedAccountId: byId(ACCOUNTS.zendesk),
		};
		const node = await activated({ parameters: { filters } });
		addRun();
		addRun({ sync_job_id: SYNC_JOBS.ticketing });
		const right = addRun({
			sync_job_id: SYNC_JOBS.ticketing,
			integrated_account_id: ACCOUNTS.zendesk,
		});
		expect(idsOf(await node.pollAndExecute())).toEqual([right]);
	});

	it('other filters see what goes on for longer already', async () => {
		const filterBy = (syncJobId: string) => ({ filters: { syncJobId: byId(syncJobId) } });
		const busy = addRun({ sync_job_id: SYNC_JOBS.ticketing, status: 'running' });
		addRun({ sync_job_id: SYNC_JOBS.ticketing });
		addRun({ created_at: new Date(Date.now() + 600_000).toISOString() });
		const node = await activated({ parameters: filterBy(SYNC_JOBS.crm) });
		node.test.parameters = filterBy(SYNC_JOBS.ticketing);
		expect(await node.activate()).toEqual([]);
		end(busy);
		expect(idsOf(await node.pollAndExecute())).toEqual([busy]);
	});
});

describe('Fetch Test Event', () => {
	it('gives the run that ended last, and changes nothing', async () => {
		addRun({ finished_at: '2026-02-03T04:05:06.000Z' });
		const last = addRun({ status: 'failed', finished_at: '2026-02-04T04:05:06.000Z' });
		addRun({ finished_at: '2026-02-02T04:05:06.000Z' });
		addRun({ status: 'stopped', finished_at: '2026-02-05T04:05:06.000Z' });
		addRun({ status: 'running' });
		const node = nodeWith();
		for (let time = 0; time < 2; time++) {
			const { items } = await node.fetchTestEvent();
			expect(items.map(({ json }) => [json.id, json.event])).toEqual([
				[last, 'sync_job_run:failed'],
			]);
		}
		expect(node.stored).toBe('{}');
	});

	it('says so where there is none', async () => {
		addRun({ status: 'running' });
		const { error } = await nodeWith().fetchTestEvent();
		expect(error?.message).toBe('No sync job run was found that would start the workflow');
		expect(error?.description).toMatch(/^Check 'Trigger On' and the filters/);
	});
});
