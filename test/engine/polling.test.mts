import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, FAULTS, SYNC_JOBS, UNLIKELY_DIALECT } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { daysAgo, idsOf, usePolling } from './use-polling.mts';

const { truto, addRun, end, nodeWith, activated } = usePolling();

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
		expect(rows.map((row) => [row.sync_job_run_id, row.event])).toEqual([
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

	it('fails if the token is wrong, and says in one text what to do', async () => {
		await expect(nodeWith({ credential: { apiToken: 'wrong' } }).activate()).rejects.toThrow(
			/^Truto did not accept the API token \(401\)\. .*Create a new one in Truto/,
		);
	});

	it('fails if nothing is chosen', async () => {
		await expect(nodeWith({ parameters: { triggerOn: [] } }).activate()).rejects.toThrow(
			"No events are selected under 'Trigger On'. Select at least one",
		);
	});
});

describe('the output', () => {
	it('is an event with the whole run, as Get gives it', async () => {
		const node = await activated();
		const id = addRun({ finished_at: '2026-02-03T04:05:06.000Z' });
		const [row] = await node.pollAndExecute();
		expect(row).toMatchObject({
			event: 'sync_job_run:completed',
			status: 'completed',
			sync_job_run_id: id,
			sync_job_id: SYNC_JOBS.crm,
			integrated_account_id: ACCOUNTS.hubspot,
			event_created_at: '2026-02-03T04:05:06.000Z',
			event_id: id,
			webhook_id: null,
			run: JSON.parse(JSON.stringify(truto().store.runs.get(id))),
		});
		expect(row?.run).toHaveProperty('sync_job.integration_name', 'hubspot');
	});

	it('names customer and sync job, unless that is off', async () => {
		const node = await activated();
		addRun({ sync_job_id: SYNC_JOBS.v4Crm, integrated_account_id: ACCOUNTS.pipedrive });
		const [row] = await node.pollAndExecute();
		expect(row).toMatchObject({
			tenant_id: 'northwind-traders',
			sync_job_label: 'Pipedrive to warehouse',
		});
		const plain = await activated({ parameters: { options: { includeNames: false } } });
		addRun();
		expect((await plain.pollAndExecute())[0]).toMatchObject({ tenant_id: null });
	});

	it('comes without names if they can’t be looked up', async () => {
		const node = await activated();
		addRun();
		truto().faults.forPath(/integrated-account/, FAULTS.forbidden);
		const { items, hints } = await node.execute(await node.poll());
		expect(items[0]?.json).toMatchObject({ tenant_id: null, status: 'completed' });
		expect(hints).toMatchObject([
			{ message: expect.stringContaining('The column tenant_id may be empty') },
		]);
	});

	it('can be simplified', async () => {
		const node = await activated({ parameters: { simplify: true } });
		const id = addRun();
		const [row] = await node.pollAndExecute();
		expect(row).not.toHaveProperty('run');
		expect(row).toMatchObject({ sync_job_run_id: id, integration_name: 'hubspot' });
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
});

describe("Truto's other forms", () => {
	it('times without a zone, the account in the arguments only, another list envelope', async () => {
		truto().speak(UNLIKELY_DIALECT);
		const args = { integrated_account_id: ACCOUNTS.zendesk };
		const filters = { integratedAccountId: byId(ACCOUNTS.zendesk) };
		const busy = addRun({ args, status: 'running' });
		const node = await activated({ parameters: { filters } });
		addRun({ args: { integrated_account_id: ACCOUNTS.hubspot } });
		const quick = addRun({ args });
		end(busy, 'failed', new Date(Date.now() + 2_000));
		const rows = await node.pollAndExecute();
		expect(idsOf(rows).sort()).toEqual([busy, quick].sort());
		expect(rows.map((row) => row.integrated_account_id)).toEqual([
			ACCOUNTS.zendesk,
			ACCOUNTS.zendesk,
		]);
		expect(await node.pollAndExecute()).toEqual([]);
	});

	it('an unknown status: the run has ended when it has a time of its end', async () => {
		const triggerOn = ['completed', 'failed', 'stopped'];
		const node = await activated({ parameters: { triggerOn } });
		const id = addRun({ status: 'brand_new', finished_at: null });
		expect(await node.poll()).toEqual([]);
		end(id, 'exploded');
		expect(idsOf(await node.pollAndExecute())).toEqual([id]);
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
			expect(items.map(({ json }) => [json.sync_job_run_id, json.event])).toEqual([
				[last, 'sync_job_run:failed'],
			]);
		}
		expect(node.stored).toBe('{}');
	});

	it('reads no further than the first page with such a run', async () => {
		truto().store.addManyRuns(500, { resources: 1 });
		for (let n = 0; n < 3; n++) addRun({ created_at: new Date().toISOString() });
		await nodeWith().fetchTestEvent();
		expect(truto().requests.filter(({ path }) => path === '/sync-job-run')).toHaveLength(1);
	});

	it('says so if there is none', async () => {
		addRun({ status: 'running' });
		const { error } = await nodeWith().fetchTestEvent();
		expect(error?.message).toBe('No sync job run was found that would start the workflow');
		expect(error?.description).toMatch(/^Check 'Trigger On' and the filters/);
	});
});
