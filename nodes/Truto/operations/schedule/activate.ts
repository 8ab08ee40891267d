import { activateSchedule, fetchSchedule } from '../../../../lib/api/schedules';
import type { Operation } from '../../../../lib/n8n/operation';
import { scheduleProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { SCHEDULE } from '../../../../lib/truto/kinds';
import { outputSchedule } from './output';

export const activate: Operation = {
	option: {
		name: 'Activate',
		value: 'activate',
		action: 'Activate a schedule',
		description:
			'Activate a schedule that is not active yet, or whose changed cron expression is not active yet',
	},
	properties: [scheduleProperty, optionsProperty()],
	run: async ({ parameters, client, timeZone, nodeRun }) => {
		const id = parameters.id(scheduleProperty, SCHEDULE);
		return await nodeRun.change({
			kind: SCHEDULE,
			id,
			done: 'activated',
			// Before the activation, because an error after it would hide that it happened.
			look: async () => await fetchSchedule(client, id),
			act: async (schedule) => {
				await activateSchedule(client, id);
				const shown = outputSchedule(schedule, { kind: 'raw' }, timeZone, Date.now());
				return [{ activated: true, ...shown }];
			},
			// Truto activates a schedule after each change: once more does no harm.
			settle: async () => await Promise.resolve(undefined),
		});
	},
};
