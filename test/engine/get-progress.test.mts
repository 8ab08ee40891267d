import { describe, expect, it } from '@jest/globals';

import { RUNS } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const progressOf = async (id: string, options = {}) =>
	await runTruto({
		simulator: truto(),
		parameters: { operation: 'getProgress', syncJobRunId: byId(id), options },
	});

describe('Get Progress', () => {
	it.each<[string, string, object]>([
		['completed', RUNS.completed, { is_finished: true, is_failed: false, is_stuck: false }],
		['failed', RUNS.failed, { is_finished: true, is_failed: true, is_stuck: false }],
		['rate limited', RUNS.rateLimited, { is_finished: false, is_waiting: true, is_stuck: false }],
		['running', RUNS.running, { is_finished: false, is_running: true, is_stuck: false }],
		['stuck', RUNS.stuck, { is_finished: false, is_running: false, is_stuck: true }],
		['of an unknown status', RUNS.unknownStatus, { is_finished: false, is_failed: false }],
	])('tells of a run that is %s', async (_, id, progress) => {
		const { rows, error } = await progressOf(id);

		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ sync_job_run_id: id, ...progress })]);
	});

	it('takes the minutes after which a run is stuck from its parameter', async () => {
		const { rows } = await progressOf(RUNS.stuck, { stuckAfterMinutes: 60 });

		expect(rows).toMatchObject([{ is_stuck: false }]);
	});
});
