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
	run: async ({ parameters, client, timeZone }) => {
		const id = parameters.id(scheduleProperty, SCHEDULE);
		// Before the activation, because an error after it would hide that it happened.
		const schedule = await fetchSchedule(client, id);
		await activateSchedule(client, id);
		return [
			{
				activated: true,
				...outputSchedule(schedule, { kind: 'raw' }, timeZone, Date.now()),
			},
		];
	},
};
