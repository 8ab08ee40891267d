import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import {
	FAULTS,
	RUNS,
	startSimulator,
	tooManyRequests,
	type FaultSpec,
} from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { sendJson, startServer } from './own-server.mts';
import { shortPauses } from './short-pauses.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

afterEach(() => {
	jest.restoreAllMocks();
});

const wait = async (id: string, parameters: INodeParameters = {}, baseUrl = truto().url) =>
	await runTruto({
		simulator: { url: baseUrl },
		parameters: {
			operation: 'wait',
			syncJobRunId: byId(id),
			pollInterval: 2,
			timeout: 0.5,
			...parameters,
			options: { maxRetries: 0, ...(parameters.options as INodeParameters | undefined) },
		},
	});

const html: FaultSpec = {
	kind: 'status',
	status: 200,
	body: '<html>Maintenance</html>',
	contentType: 'text/html',
};

/** Changes nothing: the run is seen. */
const SEEN: FaultSpec = { kind: 'delayHeaders', ms: 1 };

describe('a wait goes on, as the run does,', () => {
	it.each<[string, FaultSpec]>([
		['408', { kind: 'status', status: 408 }],
		['429', tooManyRequests(1)],
		['500', FAULTS.serverError],
		['502', FAULTS.badGatewayHtml],
		['503', FAULTS.accountBlocked],
		['504', FAULTS.gatewayTimeout],
		['a web page', html],
		['an answer cut off', FAULTS.truncated],
		['a reset', FAULTS.resetBeforeAnswer],
	])('after %s', async (_, fault) => {
		truto().store.patchRun(RUNS.completed, { status: 'running', finished_at: null });
		truto().faults.next(1, SEEN);
		truto().faults.next(1, fault);
		const pauses = shortPauses(2_000, () => {
			if (truto().requests.length < 2) return;
			truto().store.patchRun(RUNS.completed, { status: 'completed' });
		});

		const { rows, error } = await wait(RUNS.completed);

		expect(pauses).toEqual([2_000, 2_000]);
		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ id: RUNS.completed, status: 'completed' }]);
		expect(truto().requests).toHaveLength(3);
	});
});

describe('a wait ends at once', () => {
	it.each([
		[401, FAULTS.unauthorized],
		[403, FAULTS.forbidden],
		[404, FAULTS.notFound],
	])('after %i, which no time mends', async (status, fault) => {
		truto().faults.next(9, fault);

		const { error } = await wait(RUNS.running);

		expect(error?.message).toContain(`(${status})`);
		expect(truto().requests).toHaveLength(1);
	});
});

describe('a wait that has not seen its run once fails as Get does', () => {
	it('at an address where nothing listens', async () => {
		const gone = await startSimulator();
		await gone.close();

		const { error, durationMs } = await wait(RUNS.completed, {}, gone.url);

		expect(error?.message).toBe(`Truto can't be reached at ${gone.url} [item 0]`);
		expect(durationMs).toBeLessThan(5_000);
	});

	it('at a host that is not found', async () => {
		const { error, durationMs } = await wait(RUNS.completed, {}, 'http://truto.invalid');

		expect(error?.message).toBe('The host of http://truto.invalid was not found [item 0]');
		expect(durationMs).toBeLessThan(5_000);
	});

	it('at a web page', async () => {
		truto().faults.next(9, html);

		const { error } = await wait(RUNS.completed);

		expect(error?.message).toMatch(/is not JSON \[item 0\]$/);
		expect(truto().requests).toHaveLength(1);
	});
});

describe('the timeout of a wait is the whole time', () => {
	it.each<[string, FaultSpec]>([
		['429s that ask for 20 s', tooManyRequests(20)],
		['an answer that begins after 40 s', { kind: 'delayHeaders', ms: 40_000 }],
		['an answer that takes 40 s', { kind: 'slowBody', ms: 40_000 }],
		['no answer', FAULTS.hang],
	])('under %s', async (_, fault) => {
		truto().faults.next(1, SEEN);
		truto().faults.next(9, fault);

		const { error, durationMs } = await wait(RUNS.running, { timeout: 0.05 });

		expect(error?.message).toMatch(/did not end within 0\.05 minutes: it was running/);
		expect(durationMs).toBeGreaterThan(2_500);
		expect(durationMs).toBeLessThan(10_000);
	});

	it('says what the run was like when it was last seen', async () => {
		const server = await startServer((_, response) => {
			sendJson(response, { id: RUNS.running, status: null });
		});

		const { error } = await wait(RUNS.running, { timeout: 0.01 }, server.url);
		await server.close();

		expect(error?.message).toMatch(/did not end within 0\.01 minutes: it was without a status/);
	});
});

describe('a run that has not ended in time', () => {
	const waitInVain = async (options: INodeParameters = {}) => {
		truto().store.patchRun(RUNS.v4Completed, { status: 'running', finished_at: null });
		const { error } = await wait(RUNS.v4Completed, { timeout: 0.03, ...options });
		return error?.description;
	};

	it('is named in the error, with its customer and its sync job', async () => {
		expect(await waitInVain()).toMatch(
			/^Customer: northwind-traders\. Sync job: Pipedrive to warehouse\. The run may still/,
		);
	});

	it('is not looked up without Include Names', async () => {
		expect(await waitInVain({ options: { includeNames: false } })).toMatch(/^The run may still/);
	});

	it('is not looked up while Truto does not answer', async () => {
		truto().faults.next(1, SEEN);
		truto().faults.next(9, FAULTS.serverError);

		// The integration is all that Truto has sent with the run.
		expect(await waitInVain()).toMatch(/^Sync job: pipedrive\. The last request failed: /);
		const paths = truto().requests.map(({ path }) => path);
		expect(paths.filter((path) => !path.startsWith('/sync-job-run/'))).toEqual([]);
	});

	it('is named for ten seconds at most: then the error comes without its customer', async () => {
		const real = AbortSignal.timeout.bind(AbortSignal);
		const shorter = (ms: number) => real(ms === 10_000 ? 100 : ms);
		jest.spyOn(AbortSignal, 'timeout').mockImplementation(shorter);
		truto().faults.forPath('/integrated-account', FAULTS.hang);

		expect(await waitInVain()).toMatch(/^Sync job: pipedrive\. The run may still/);
	});
});

describe('a failed run whose logs cannot be read', () => {
	it.each<[string, FaultSpec]>([
		['403', FAULTS.forbidden],
		['500', FAULTS.serverError],
	])('is reported as failed all the same (%s)', async (_, fault) => {
		truto().faults.forPath('/log', fault);

		const { error } = await wait(RUNS.failed);

		expect(error?.message).toMatch(new RegExp(`^Sync job run ${RUNS.failed} failed`));
		expect(error?.message).not.toMatch(/allowed to do this/);
		expect(`${error?.message} ${error?.description}`).toMatch(/logs/);
	});
});
