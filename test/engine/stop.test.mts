import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { FAULTS, RUNS, tooManyRequests, UNKNOWN_ID } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const stop = async (id: string, parameters: INodeParameters = {}) =>
	await runTruto({
		simulator: truto(),
		parameters: { operation: 'stop', syncJobRunId: byId(id), ...parameters },
	});

describe('Stop', () => {
	const stopped = (id: string, before: string) => [
		{
			deleted: true,
			stopped: before !== 'completed',
			sync_job_run_id: id,
			status_before: before,
		},
	];

	const deletes = () => truto().requests.filter(({ method }) => method === 'DELETE');

	/** The run ends once Truto has turned its first DELETE away. */
	const completesAfterDelete = () => {
		const watch = setInterval(() => {
			if (deletes().length === 0) return;
			clearInterval(watch);
			truto().store.patchRun(RUNS.running, { status: 'completed' });
		}, 20);
	};

	it('stops a run in progress, once it has seen that it is', async () => {
		const { rows } = await stop(RUNS.running);

		expect(rows).toEqual(stopped(RUNS.running, 'running'));
		expect(truto().requests).toMatchObject([
			{ method: 'GET', path: `/sync-job-run/${RUNS.running}`, status: 200 },
			{ method: 'DELETE', path: `/sync-job-run/${RUNS.running}`, status: 200 },
		]);
		expect(truto().store.runs.has(RUNS.running)).toBe(false);
	});

	it.each([
		[RUNS.completed, 'completed'],
		[RUNS.failed, 'failed'],
		[RUNS.stopped, 'stopped'],
	])('leaves a run alone that has ended: %s, %s', async (id, status) => {
		const { error } = await stop(id);

		expect(error?.message).toBe(
			`Sync job run ${id} has already ended: its status is ${status} [item 0]`,
		);
		expect(error?.description).toBe(
			"There is nothing to stop. Turn on 'Also Delete Ended Runs' to delete it from Truto.",
		);
		expect(deletes()).toEqual([]);
		expect(truto().store.runs.has(id)).toBe(true);
	});

	it('deletes a run that has ended if asked to', async () => {
		const { rows } = await stop(RUNS.completed, { deleteEndedRuns: '={{ "true" }}' });
		const { error } = await stop(RUNS.failed, { deleteEndedRuns: '={{ "false" }}' });

		expect(rows).toEqual(stopped(RUNS.completed, 'completed'));
		expect(truto().store.runs.has(RUNS.completed)).toBe(false);
		expect(error?.message).toMatch(/has already ended/);
		expect(truto().store.runs.has(RUNS.failed)).toBe(true);
	});

	it('has a clear error for a run that is not there', async () => {
		const { error } = await stop(UNKNOWN_ID);

		expect(error?.message).toMatch(/^Sync job run .* was not found in Truto \(404\)/);
		expect(truto().requests.map(({ method }) => method)).toEqual(['GET']);
	});

	it.each([
		{ fault: FAULTS.serverError, what: 'is sent again', requests: 2 },
		{ fault: FAULTS.resetBeforeAnswer, what: 'is sent again', requests: 2 },
		// Truto has stopped the run: a second DELETE would delete it.
		{ fault: FAULTS.resetInBody, what: 'is not sent again', requests: 1 },
	])('$what after $fault.kind', async ({ fault, requests }) => {
		truto().faults.forPath(`DELETE /sync-job-run/${RUNS.running}`, fault, 1);

		const { rows, error } = await stop(RUNS.running);

		expect(error).toBeUndefined();
		expect(rows).toEqual(stopped(RUNS.running, 'running'));
		expect(deletes()).toHaveLength(requests);
		expect(truto().store.runs.has(RUNS.running)).toBe(false);
	});

	it('is not sent again if the answer is lost, and Truto keeps the run as stopped', async () => {
		truto().speak({ deletedRun: 'stopped' });
		truto().faults.forPath(`DELETE /sync-job-run/${RUNS.running}`, FAULTS.resetInBody, 1);

		const { rows, error } = await stop(RUNS.running);

		expect(error).toBeUndefined();
		expect(rows).toEqual(stopped(RUNS.running, 'running'));
		expect(deletes()).toHaveLength(1);
		expect(truto().store.runs.get(RUNS.running)?.status).toBe('stopped');
	});

	it('says so if the run ends while Truto pauses everybody, and does not delete it', async () => {
		const path = `DELETE /sync-job-run/${RUNS.running}`;
		truto().faults.forPath(path, tooManyRequests(1), 1);
		completesAfterDelete();

		const { error } = await stop(RUNS.running);

		expect(error?.message).toBe(
			`Sync job run ${RUNS.running} has already ended: its status is completed [item 0]`,
		);
		expect(deletes()).toMatchObject([{ status: 429 }]);
		expect(truto().store.runs.has(RUNS.running)).toBe(true);
	});

	it('claims to have stopped no run that has completed after a lost request', async () => {
		truto().faults.forPath(
			`DELETE /sync-job-run/${RUNS.running}`,
			{ kind: 'status', status: 504, headers: { 'retry-after': '1' } },
			1,
		);
		completesAfterDelete();

		const { rows, error } = await stop(RUNS.running);

		expect(rows).toEqual([]);
		expect(error?.message).toBe(
			`Sync job run ${RUNS.running} has already ended: its status is completed [item 0]`,
		);
		expect(deletes()).toMatchObject([{ status: 504 }]);
	});

	it('says that it has deleted a run, not stopped it, if the run ends meanwhile', async () => {
		truto().faults.forPath(`DELETE /sync-job-run/${RUNS.running}`, tooManyRequests(1), 1);
		completesAfterDelete();

		const { rows } = await stop(RUNS.running, { deleteEndedRuns: true });

		expect(rows).toEqual(stopped(RUNS.running, 'completed'));
		expect(deletes()).toMatchObject([{ status: 429 }, { status: 200 }]);
	});

	it('is sent again after a pause if the run is still in progress', async () => {
		const path = `DELETE /sync-job-run/${RUNS.running}`;
		truto().faults.forPath(path, tooManyRequests(1), 1);

		const { rows } = await stop(RUNS.running);

		expect(rows).toEqual(stopped(RUNS.running, 'running'));
		expect(deletes()).toMatchObject([{ status: 429 }, { status: 200 }]);
	});

	it.each<[number, string]>([
		[200, ''],
		[202, ''],
		[204, ''],
		[200, '{"id":"x"}'],
		[200, 'null'],
		[200, '{}'],
	])('takes an answer %i that is "%s", and sends it once', async (status, body) => {
		const path = `DELETE /sync-job-run/${RUNS.running}`;
		truto().faults.forPath(path, { kind: 'status', status, body });

		const { rows, error } = await stop(RUNS.running);

		expect(error).toBeUndefined();
		expect(rows).toEqual(stopped(RUNS.running, 'running'));
		expect(deletes()).toMatchObject([{ status }]);
	});
});
