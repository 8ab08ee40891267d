import { describe, expect, it } from '@jest/globals';

import { FAULTS, FORMS, RUNS, type Dialect, type NamedDialect } from '../../simulator/index.mts';
import { byId } from '../harness.mts';
import { useSimulator } from '../use-simulator.mts';
import { operate } from './operate.mts';

const truto = useSimulator();

/** Each answer to a DELETE, with each thing that may become of the run. */
const ALL_FORMS: NamedDialect[] = FORMS.deleteAnswer.flatMap((deleteAnswer) =>
	FORMS.deletedRun.map((deletedRun) => {
		const dialect: Partial<Dialect> = { deleteAnswer, deletedRun };
		return { name: Object.values(dialect).join(', '), dialect };
	}),
);

const stop = async (id: string, parameters: object = {}) =>
	await operate(truto(), 'stop', { syncJobRunId: byId(id), ...parameters });

const deletes = () => truto().requests.filter(({ method }) => method === 'DELETE');

/** Neither is in progress any more. */
const stateOf = (id: string) => truto().store.runs.get(id)?.status ?? 'gone';

describe.each(ALL_FORMS)('D5, answer and run afterwards: $name', ({ dialect }) => {
	it.each([RUNS.running, RUNS.created, RUNS.rateLimited, RUNS.unknownStatus])(
		'Stop ends a run in progress, and says so',
		async (id) => {
			truto().speak(dialect);
			const status_before = stateOf(id);

			expect(await stop(id)).toEqual([
				{ deleted: true, stopped: true, sync_job_run_id: id, status_before },
			]);
			expect(stateOf(id)).toBe(dialect.deletedRun);
			expect(deletes()).toHaveLength(1);
		},
	);

	it('a second Stop is refused, and deletes nothing', async () => {
		truto().speak(dialect);
		await stop(RUNS.running);

		await expect(stop(RUNS.running)).rejects.toMatchObject({
			message: expect.stringMatching(
				/was not found in Truto|has already ended: its status is stopped/,
			),
		});
		expect(stateOf(RUNS.running)).toBe(dialect.deletedRun);
		expect(deletes()).toHaveLength(1);
	});

	it.each([FAULTS.resetInBody, FAULTS.gatewayTimeout])(
		'a run is stopped once if an answer gets lost: $kind',
		async (fault) => {
			truto().speak(dialect);
			truto().faults.forPath('DELETE /sync-job-run', fault, 1);

			expect(await stop(RUNS.running)).toMatchObject([{ status_before: 'running' }]);
			expect(stateOf(RUNS.running)).toBe(dialect.deletedRun);
		},
	);

	it('a run that has ended is deleted if asked', async () => {
		truto().speak(dialect);

		await expect(stop(RUNS.completed)).rejects.toMatchObject({
			message: expect.stringContaining('has already ended: its status is completed'),
		});
		expect(await stop(RUNS.completed, { deleteEndedRuns: true })).toEqual([
			{
				deleted: true,
				stopped: false,
				sync_job_run_id: RUNS.completed,
				status_before: 'completed',
			},
		]);
		expect(stateOf(RUNS.completed)).toBe('gone');
	});
});
