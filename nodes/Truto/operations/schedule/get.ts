import { fetchSchedule } from '../../../../lib/api/schedules';
import type { Operation } from '../../../../lib/n8n/operation';
import { scheduleProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { readShape, shapeProperties } from '../../../../lib/parameters/shape';
import { SCHEDULE } from '../../../../lib/truto/kinds';
import { outputSchedule } from './output';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a schedule',
		description:
			'Get one schedule, with its next three run times and a description of when it runs',
	},
	properties: [scheduleProperty, ...shapeProperties, optionsProperty()],
	run: async ({ parameters, client, timeZone }) => {
		const shape = readShape(parameters);
		const schedule = await fetchSchedule(client, parameters.id(scheduleProperty, SCHEDULE));
		return [outputSchedule(schedule, shape, timeZone, Date.now())];
	},
};
