import { describe, expect, it } from '@jest/globals';

import { RUNS, tooManyRequests } from '../simulator/index.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { truto, activate } = useTrigger();

const COMPLETED = 'sync_job_run:completed';
const EVENTS = 100;

/** An old picture of the run, as an event carries it. */
const SNAPSHOT = { id: RUNS.completed, status: 'of the event' };

describe('Fetch Run, while many events wait and Truto has asked for a pause of 20 s', () => {
	it('delays no answer, and no execution by more than its five seconds', async () => {
		const { server, deliver } = await activate({ options: { fetchRun: true } });
		truto().faults.forPath('/sync-job-run', tooManyRequests(20));
		const answeredAfter: number[] = [];
		const startedAt = performance.now();
		server.onAnswer = () => answeredAfter.push(performance.now() - startedAt);

		const deliveries = await Promise.all(
			Array.from({ length: EVENTS }, async () => await deliver(COMPLETED, SNAPSHOT)),
		);

		const seconds = (performance.now() - startedAt) / 1_000;
		expect(deliveries.flatMap(answersTo)).toEqual(Array(EVENTS).fill(200));
		expect(Math.max(...answeredAfter)).toBeLessThan(2_000);
		expect(server.executions).toEqual(
			Array(EVENTS).fill([expect.objectContaining({ run: SNAPSHOT })]),
		);
		expect(seconds).toBeGreaterThan(4.9);
		expect(seconds).toBeLessThan(7);
		// Those that came when the pause had begun sent nothing.
		expect(truto().requests.length).toBeLessThan(EVENTS);
	});
});
