import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { expect, it, jest } from '@jest/globals';

import type { Workflow } from '../n8n-host/workflow.mts';
import { OTHER_ENVIRONMENT_ID, OTHER_TOKEN, SYNC_JOBS, VALID_TOKEN } from '../simulator/index.mts';
import { usePollingWorld } from './polling.mts';
import { POLL_MS } from './trigger.mts';

jest.setTimeout(600_000);

const { world, addRun, end, flow, activate, publish, started, startedRuns, until } =
	usePollingWorld();

const runsOf = async (id: string, count: number) => (await startedRuns(id, count)).flat().sort();

const of = (syncJobId: string) => ({ syncJobId: { __rl: true, mode: 'id', value: syncJobId } });

function set(workflow: Workflow, filters: object): void {
	for (const { parameters } of workflow.nodes) if (parameters) parameters.filters = filters;
}

async function useToken(workflow: Workflow, apiToken: string): Promise<void> {
	const data = { apiToken, baseUrl: world().simulator.url };
	const trutoApi = await world().n8n.api.createCredential('Another', 'trutoApi', data);
	for (const node of workflow.nodes) node.credentials = { trutoApi };
}

it('filters, credential and environment changed while the workflow is off: no run is lost, no old one starts it', async () => {
	const { api } = world().n8n;
	const flows = {
		narrowed: flow('narrowed'),
		moved: flow('moved'),
		replaced: flow('replaced'),
		away: flow('away'),
	};
	set(flows.moved, of(SYNC_JOBS.ticketing));
	const busy = addRun({ sync_job_id: SYNC_JOBS.crm });
	const ofOther = addRun({ sync_job_id: SYNC_JOBS.ticketing });
	// The other environment has a history, and its newest run is not newer than those of this one.
	const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
	const inOther = { environment_id: OTHER_ENVIRONMENT_ID };
	for (let hour = 1; hour <= 150; hour++) {
		addRun({ ...inOther, status: 'completed', created_at: hoursAgo(hour) });
	}
	const ids = {
		narrowed: await activate(flows.narrowed),
		moved: await activate(flows.moved),
		replaced: await activate(flows.replaced),
		away: await activate(flows.away),
	};
	for (const id of Object.values(ids)) await api.deactivate(id);
	end(busy, ofOther);

	set(flows.narrowed, of(SYNC_JOBS.crm));
	set(flows.moved, of(SYNC_JOBS.crm));
	await useToken(flows.replaced, VALID_TOKEN);
	await useToken(flows.away, OTHER_TOKEN);
	await publish(ids.narrowed, flows.narrowed);
	await publish(ids.moved, flows.moved);
	await publish(ids.replaced, flows.replaced);
	await publish(ids.away, flows.away);
	await delay(3 * POLL_MS);
	const fresh = addRun(inOther);
	await delay(2 * POLL_MS);
	end(fresh);

	expect(await runsOf(ids.away, 1)).toEqual([fresh]);
	expect(await runsOf(ids.narrowed, 1)).toEqual([busy]);
	expect(await runsOf(ids.moved, 1)).toEqual([busy]);
	expect(await runsOf(ids.replaced, 2)).toEqual([busy, ofOther].sort());
});

it('n8n cannot store an execution because its database is locked: the run comes later, once, also after another run and a restart', async () => {
	const { n8n } = world();
	const id = await activate(flow('locked'));
	const [lost, later] = [addRun(), addRun()];
	await delay(2 * POLL_MS);
	const database = new DatabaseSync(join(n8n.userFolder, '.n8n', 'database.sqlite'));
	const logged = n8n.logs().length;
	database.exec('BEGIN IMMEDIATE');
	try {
		end(lost);
		// n8n stores static data when a poll has found something, just before the execution.
		const sign = `There was a problem saving the workflow with id "${id}"`;
		await until(() => n8n.logs().slice(logged).includes(sign));
		await delay(3_000);
	} finally {
		database.exec('ROLLBACK');
		database.close();
	}
	await delay(2 * POLL_MS);
	expect(await started(id)).toEqual([]);

	end(later);
	expect(await startedRuns(id, 1)).toEqual([[later]]);
	await world().restart('SIGTERM');
	expect(await startedRuns(id, 2)).toEqual([[later], [lost]]);
});
