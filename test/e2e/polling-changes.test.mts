import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';

import { chain, type Workflow } from '../n8n-host/workflow.mts';
import {
	FAULTS,
	OTHER_ENVIRONMENT_ID,
	OTHER_TOKEN,
	SYNC_JOBS,
	VALID_TOKEN,
	type RunInput,
} from '../simulator/index.mts';
import { POLL_MS, pollingNode } from './trigger.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(400_000);

let world: World;
const activated: string[] = [];

beforeAll(async () => {
	world = await startWorld({ simulator: { dialect: { nestedSyncJob: 'on-get-only' } } });
});

afterAll(async () => {
	await world.close();
});

beforeEach(() => {
	world.simulator.store.runs.clear();
});

afterEach(async () => {
	world.simulator.faults.clear();
	for (const id of activated.splice(0)) await world.n8n.api.deactivate(id);
});

const addRun = (input: RunInput = {}): string =>
	world.simulator.store.addRun({ status: 'running', ...input }).id;

function end(...ids: string[]): void {
	const finishedAt = new Date().toISOString();
	for (const id of ids) {
		world.simulator.store.patchRun(id, { status: 'completed', finished_at: finishedAt });
	}
}

const flow = (name: string, credential = world.credential): Workflow =>
	chain(name, pollingNode(credential));

async function activate(workflow: Workflow): Promise<string> {
	const id = await world.n8n.api.createActive(workflow);
	activated.push(id);
	return id;
}

/** Saves a workflow that is off with what has changed, and activates it. */
async function activateAgain(id: string, workflow: Workflow): Promise<void> {
	const { versionId } = await world.n8n.api.updateWorkflow(id, workflow);
	await world.n8n.api.activate(id, versionId);
}

const credentialFor = async (apiToken: string) =>
	await world.n8n.api.createCredential('Another', 'trutoApi', {
		apiToken,
		baseUrl: world.simulator.url,
	});

interface Started {
	/** The runs that the trigger put out. */
	ids: string[];
	/** What n8n stored of executions that crashed: it has the runs that they were given. */
	crashed: string;
}

async function started(workflowId: string): Promise<Started> {
	const found: Started = { ids: [], crashed: '' };
	for (const { id, status } of await world.n8n.api.executionsOf(workflowId)) {
		const { nodes, raw } = await world.n8n.api.waitFor(id);
		const items = nodes.Polling?.outputs[0] ?? [];
		const ids = items.flatMap(({ json }) => (json.sync_job_run_id ? [json.sync_job_run_id] : []));
		found.ids.push(...ids.map(String));
		if (status === 'crashed') found.crashed += raw;
	}
	return found;
}

/** Waits until so many runs have started the workflow, and then for two more polls. */
async function startedRuns(id: string, count: number, seconds = 60): Promise<string[]> {
	for (const deadline = Date.now() + seconds * 1_000; Date.now() < deadline; await delay(500)) {
		if ((await started(id)).ids.length >= count) break;
	}
	await delay(2 * POLL_MS);
	return (await started(id)).ids.sort();
}

it('filters, credential and environment changed while the workflow is off: no run is lost, no old one starts it', async () => {
	const { api } = world.n8n;
	const [narrowed, replaced, moved] = [flow('narrowed'), flow('replaced'), flow('moved')];
	const busy = addRun({ sync_job_id: SYNC_JOBS.crm });
	const ofOther = addRun({ sync_job_id: SYNC_JOBS.ticketing });
	// The other environment has a history, and its newest run is not newer than those of this one.
	const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
	const old = Array.from({ length: 150 }, (_, hour) =>
		addRun({
			environment_id: OTHER_ENVIRONMENT_ID,
			status: 'completed',
			created_at: hoursAgo(hour + 1),
		}),
	);
	const ids = [await activate(narrowed), await activate(replaced), await activate(moved)];
	for (const id of ids) await api.deactivate(id);
	end(busy, ofOther);

	const [ofNarrowed = '', ofReplaced = '', ofMoved = ''] = ids;
	for (const { parameters } of narrowed.nodes) {
		const byId = { __rl: true, mode: 'id', value: SYNC_JOBS.crm };
		if (parameters) parameters.filters = { syncJobId: byId };
	}
	await activateAgain(ofNarrowed, narrowed);
	for (const node of replaced.nodes) {
		node.credentials = { trutoApi: await credentialFor(VALID_TOKEN) };
	}
	await activateAgain(ofReplaced, replaced);
	for (const node of moved.nodes) node.credentials = { trutoApi: await credentialFor(OTHER_TOKEN) };
	await activateAgain(ofMoved, moved);
	await delay(3 * POLL_MS);
	const fresh = addRun({ environment_id: OTHER_ENVIRONMENT_ID });
	await delay(2 * POLL_MS);
	end(fresh);

	expect(old).toHaveLength(150);
	expect(await startedRuns(ofMoved, 1)).toEqual([fresh]);
	expect(await startedRuns(ofNarrowed, 1)).toEqual([busy]);
	expect(await startedRuns(ofReplaced, 2)).toEqual([busy, ofOther].sort());
});

it('1,200 runs in one interval, n8n is killed, and Truto is away while it starts: each run starts the workflow once', async () => {
	const id = await activate(flow('many'));
	const runs = Array.from({ length: 1_200 }, () => addRun());
	world.simulator.faults.forPath(`GET /sync-job-run/${runs[7] ?? ''}`, FAULTS.serverError, 3);
	end(...runs);
	for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(50)) {
		if ((await world.n8n.api.executionsOf(id)).length > 0) break;
	}
	await world.restart('SIGKILL', () => {
		world.simulator.faults.random(1, FAULTS.serverError);
	});
	// n8n tries to activate a workflow for about 15 seconds, and then no more.
	await delay(30_000);
	expect(world.n8n.logs()).toContain('is active, but Truto is away');
	world.simulator.faults.clear();

	const before = await started(id);
	const crashed = runs.filter((run) => before.crashed.includes(run) && !before.ids.includes(run));
	const ids = await startedRuns(id, 1_200 - crashed.length, 200);
	expect(new Set(ids).size).toBe(ids.length);
	expect(runs.filter((run) => !ids.includes(run) && !crashed.includes(run))).toEqual([]);
});

it('n8n cannot store an execution because its database is locked: the run comes later, once', async () => {
	const id = await activate(flow('locked'));
	const run = addRun();
	await delay(2 * POLL_MS);
	const database = new DatabaseSync(join(world.n8n.userFolder, '.n8n', 'database.sqlite'));
	const logged = world.n8n.logs().length;
	database.exec('BEGIN IMMEDIATE');
	try {
		end(run);
		const isLocked = () => world.n8n.logs().slice(logged).includes('SQLITE_BUSY');
		for (const deadline = Date.now() + 100_000; !isLocked(); await delay(500)) {
			if (Date.now() > deadline) throw new Error('n8n did not meet the lock');
		}
	} finally {
		database.exec('ROLLBACK');
		database.close();
	}
	expect(await startedRuns(id, 1, 180)).toEqual([run]);
});
