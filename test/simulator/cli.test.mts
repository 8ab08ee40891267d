import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import axios from 'axios';
import type { AxiosInstance } from 'axios';

import { FAULTS, SYNC_JOBS, VALID_TOKEN, createCertificate, startSimulator } from './index.mts';
import type { Simulator } from './index.mts';
import { clientFor, until } from './test-client.mts';

// Jest's own Node: the repository's, which runs TypeScript.
async function startCli(...args: string[]): Promise<{ child: ChildProcess; url: string }> {
	const child = spawn(process.execPath, [join(__dirname, 'cli.mts'), ...args], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
	return { child, ...(JSON.parse(line) as { url: string }) };
}

test.each(['SIGTERM', 'SIGINT'] as const)('the program runs until %s', async (signal) => {
	const { child, url } = await startCli(
		...['--rate-limit', 'off', '--allow-http-webhooks', '--clock-factor', '200'],
		...['--runs', '50', '--resources', '2', '--no-bodies'],
		...['--dialect', '{"nextCursor":"absent"}'],
	);
	const client = axios.create({
		baseURL: url,
		headers: { Authorization: `Bearer ${VALID_TOKEN}` },
	});
	await client.post('/webhook', { target_url: 'http://127.0.0.1:1/' });
	const start = {
		sync_job_id: SYNC_JOBS.hris,
		integrated_account_id: 'ac000000-0000-4000-8000-000000000003',
	};
	const { id } = (await client.post<{ id: string }>('/sync-job-run', start)).data;
	const { ids } = (await client.get<{ ids: string[] }>('/__simulator/runs')).data;
	expect(ids.length).toBeGreaterThan(110);
	expect(ids).toContain(id);
	// 25 s of a run are an eighth of a second.
	await new Promise((resolve) => setTimeout(resolve, 200));
	expect((await client.get<unknown>(`/sync-job-run/${id}`)).data).toMatchObject({
		status: 'completed',
	});
	const jobs = await client.get<object>('/sync-job?limit=100');
	expect(Object.keys(jobs.data)).toEqual(['result', 'prev_cursor', 'limit']);
	await client.post('/__simulator/settings', { dialect: { listEnvelope: 'results' } });
	expect((await client.get<unknown>('/sync-job')).data).toHaveProperty('results');
	child.kill(signal);
	const [code] = (await once(child, 'exit')) as [number | null];
	expect(code).toBe(0);
});

describe('the control API', () => {
	let simulator: Simulator;
	let control: AxiosInstance;

	beforeEach(async () => {
		simulator = await startSimulator({ rateLimit: { requests: 2, windowMs: 60_000 } });
		control = clientFor(simulator, null);
	});
	afterEach(() => simulator.close());

	test('counts requests, and forgets them', async () => {
		const client = clientFor(simulator);
		for (let index = 0; index < 3; index++) await client.get('/sync-job');
		const { data } = await control.get<unknown>('/__simulator/requests');
		expect(data).toMatchObject({ count: 3, statuses: { 200: 2, 429: 1 }, maxConcurrent: 1 });
		expect(data).not.toHaveProperty('records');
		const full = await control.get<unknown>('/__simulator/requests?records');
		expect(full.data).toMatchObject({ records: [{ path: '/sync-job' }, {}, { status: 429 }] });
		await control.post('/__simulator/reset');
		expect(simulator.requestCounts().count).toBe(0);
		expect((await client.get('/sync-job')).status).toBe(200);
	});

	test('sets faults', async () => {
		await control.post('/__simulator/settings', { rateLimit: false });
		const client = clientFor(simulator);
		const status = async (path: string) => (await client.get(path)).status;
		await control.post('/__simulator/faults', { count: 2, fault: FAULTS.gatewayTimeout });
		expect([await status('/sync-job'), await status('/sync-job')]).toEqual([504, 504]);
		const forPath = { mode: 'forPath', path: '/sync-job', times: 1, fault: FAULTS.forbidden };
		await control.post('/__simulator/faults', forPath);
		expect([await status('/sync-job'), await status('/sync-job')]).toEqual([403, 200]);
		await control.post('/__simulator/faults', { mode: 'random', rate: 1, fault: FAULTS.conflict });
		expect(await status('/sync-job')).toBe(409);
		await control.post('/__simulator/faults', { mode: 'clear' });
		expect(await status('/sync-job')).toBe(200);
		expect((await control.post('/__simulator/faults', { mode: 'x', fault: {} })).status).toBe(400);
	});

	test('adds and changes data', async () => {
		const many = await control.post<{ ids: string[] }>('/__simulator/runs', {
			count: 5,
			resources: 4,
		});
		const run = simulator.store.runs.get(many.data.ids[0] ?? '');
		expect(Object.keys(run?.resource_stats ?? {})).toHaveLength(4);
		const job = await control.post<{ id: string }>('/__simulator/sync-job', { label: 'new' });
		expect(simulator.store.syncJobs.get(job.data.id)?.label).toBe('new');
		const run_script = [{ status: 'running', afterMs: 0 }];
		const added = await control.post<{ id: string }>('/__simulator/run', { run_script });
		const { id } = added.data;
		expect(simulator.store.runs.get(id)?.status).toBe('running');
		await control.patch(`/__simulator/run/${id}`, { status: 'completed' });
		expect(simulator.store.runs.get(id)?.status).toBe('completed');
		await control.post('/__simulator/settings', {
			dialect: { listEnvelope: 'results', deletedRun: 'stopped' },
			retryAfter: 'none',
			rateLimit: { requests: 9, windowMs: 1 },
			recordBodies: false,
		});
		expect(simulator.dialect).toMatchObject({ listEnvelope: 'results', deletedRun: 'stopped' });
		expect(simulator.rateLimit).toMatchObject({ retryAfter: 'none', rule: { requests: 9 } });
	});

	test('sends events', async () => {
		simulator.webhooks.retryBaseMs = 1;
		const { id } = simulator.store.addWebhook({ target_url: 'http://127.0.0.1:1/' });
		const event = { event: 'x', payload: { a: 1 }, webhookId: id, double: true };
		const { data } = await control.post<unknown[]>('/__simulator/deliver', event);
		expect(data).toMatchObject([{ event: 'x', delivered: false }, { attempts: [{}, {}, {}, {}] }]);
		expect((await control.get<unknown>('/__simulator/deliveries')).data).toEqual(data);
	});
});

test('serves TLS, and resets its connections too', async () => {
	const https = createCertificate();
	const simulator = await startSimulator({ https });
	expect(simulator.url).toMatch(/^https:/);
	const client = clientFor(simulator);
	const httpsAgent = new Agent({ ca: https.cert });
	expect((await client.get('/sync-job', { httpsAgent })).status).toBe(200);
	await expect(client.get('/sync-job')).rejects.toThrow();
	simulator.faults.next(1, FAULTS.resetBeforeAnswer);
	await expect(client.get('/sync-job', { httpsAgent })).rejects.toThrow();
	await until(() => simulator.requestCounts().count === 2);
	await simulator.close();
});
