import { describe, expect, it } from '@jest/globals';

import { formsOf, RUNS } from '../../simulator/index.mts';
import { byId, runTruto } from '../harness.mts';
import { useSimulator } from '../use-simulator.mts';
import { operate } from './operate.mts';

const truto = useSimulator();

const wait = async (id: string) =>
	await runTruto({
		simulator: truto(),
		parameters: {
			operation: 'wait',
			syncJobRunId: byId(id),
			pollInterval: 2,
			timeout: 0.02,
			onTimeout: 'returnRun',
		},
	});

describe.each(formsOf('times'))('a status that nobody knows, $name', ({ dialect }) => {
	it('has ended if the run has a time of its end', async () => {
		truto().speak(dialect);
		const { id } = truto().store.addRun({
			status: 'partially_completed',
			started_at: '2026-04-01T10:00:00.000Z',
			finished_at: '2026-04-01T10:01:00.000Z',
		});

		const { rows, error } = await wait(id);
		const [progress] = await operate(truto(), 'getProgress', { syncJobRunId: byId(id) });

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ id, status: 'partially_completed' }]);
		expect(truto().requests).toHaveLength(2);
		expect(progress).toMatchObject({ is_finished: true, is_stuck: false, elapsed_seconds: 60 });
	});

	it('goes on if it has none: Wait polls until its time is over', async () => {
		truto().speak(dialect);

		const { rows, error } = await wait(RUNS.unknownStatus);
		const [progress] = await operate(truto(), 'getProgress', {
			syncJobRunId: byId(RUNS.unknownStatus),
		});

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ status: 'waiting_for_quota' }]);
		expect(truto().requests.length).toBeGreaterThan(2);
		expect(progress).toMatchObject({ is_finished: false, is_running: true });
	});
});
