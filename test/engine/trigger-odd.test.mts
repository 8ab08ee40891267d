import { describe, expect, it } from '@jest/globals';

import { FAULTS, RUNS } from '../simulator/index.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { truto, activate } = useTrigger();
const COMPLETED = 'sync_job_run:completed';
const sent = () => truto().requests.map(({ method, path }) => `${method} ${path}`);

describe('what is rare, and must not cost an event', () => {
	it.each(['multipart/form-data; boundary=x', 'multipart/mixed; boundary=x'])(
		'an unsigned %s body gets 401 and no (failed) execution',
		async (type) => {
			const { server } = await activate();
			const { status } = await server.post('--x--', { 'content-type': type });
			expect(server.errors).toEqual([]);
			expect(status).toBe(401);
		},
	);

	it('of an event that could not be started, Truto’s retry starts the execution', async () => {
		const { server, deliver } = await activate({ options: { fetchRun: true } });
		truto().faults.forPath('GET /sync-job-run', { kind: 'delayHeaders', ms: 500 }, 1);
		server.failures = 0;
		const slow = deliver(COMPLETED, { id: RUNS.completed }, { id: 'a' });
		await new Promise((resolve) => setTimeout(resolve, 200));
		await deliver(COMPLETED, { id: RUNS.failed }, { id: 'b' });
		server.failures = 1;
		expect(answersTo(await slow)).toEqual([500]);
		await deliver(COMPLETED, { id: RUNS.completed }, { id: 'a' });
		expect(server.executions.map(([item]) => item?.id)).toEqual(['b', 'a']);
	});

	it('a filter that is added, but left empty, is no filter (or is refused on activation)', async () => {
		const filters = { syncJobId: { __rl: true, mode: 'list', value: '' } };
		const { server, deliver } = await activate({ filters });
		await deliver(COMPLETED, { id: 'r1' }, { retries: 3 });
		expect(server.errors).toEqual([]);
	});

	it('fetchRun does not ask for a run that the event does not name', async () => {
		const event = 'sync_job_run:record_error';
		const { deliver } = await activate({ events: [event], options: { fetchRun: true } });
		// So the simulator sends record errors.
		await deliver(event, { sync_job_run_id: RUNS.completed, resource: 'crm/contacts', errors: [] });
		expect(sent()).toEqual([]);
	});

	it.each([
		['sends a slow answer', { kind: 'slowBody', ms: 9_000 } as const],
		['fails late', [{ kind: 'delayHeaders', ms: 4_000 } as const, FAULTS.serverError]],
	])('fetchRun waits five seconds at the most where Truto %s', async (_, fault) => {
		const { deliver } = await activate({ options: { fetchRun: true } });
		truto().faults.forPath('/sync-job-run', fault);
		const startedAt = performance.now();
		await deliver(COMPLETED, { id: RUNS.completed });
		expect(performance.now() - startedAt).toBeLessThan(7_000);
	});

	it('nothing is left behind where a gateway lost the answer (504)', async () => {
		const { server } = await activate();
		await server.trigger.call('delete');
		// The webhook is made, and the gateway in front of Truto gives up.
		truto().faults.forPath('POST /webhook', FAULTS.gatewayTimeout, 1);
		truto().store.addWebhook({ target_url: server.trigger.url });
		const listed = () => sent().filter((request) => request === 'GET /webhook').length;
		truto().clearRequests();
		await expect(server.trigger.call('create')).rejects.toThrow();
		expect(listed()).toBe(2);
	});
});
