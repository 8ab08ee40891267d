import { describe, expect, it } from '@jest/globals';

import { Alarm } from '../../../lib/limiter/limiterTime';
import { settle } from '../helpers/manualTime.mts';

/** A time whose timers end when a test says so, however long they should take. */
function timers() {
	const asked: number[] = [];
	const ends: (() => void)[] = [];
	const time = {
		at: 0,
		now: () => time.at,
		wallClock: () => 0,
		sleep: async (ms: number) => {
			asked.push(ms);
			await new Promise<void>((resolve) => ends.push(resolve));
		},
	};
	return { time, asked, ends };
}

describe('an alarm', () => {
	it('that is set to the same time again keeps its timer', () => {
		const { time, asked } = timers();
		const alarm = new Alarm(time, () => undefined);

		alarm.set(10);
		alarm.set(10);

		expect(asked).toEqual([10]);
	});

	it('can be set to the same time again when it has rung, because timers may end early', async () => {
		const { time, asked, ends } = timers();
		let rung = 0;
		const alarm = new Alarm(time, () => {
			rung++;
			alarm.set(10);
		});

		alarm.set(10);
		time.at = 9.5;
		ends[0]?.();
		await settle();

		expect(rung).toBe(1);
		expect(asked).toEqual([10, 1]);
	});
});
