import { postReceive } from '../../../../lib/n8n/declared';
import type { DeclaredOperation } from '../../../../lib/n8n/operation';
import { scheduleProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { readShape, shapeProperties } from '../../../../lib/parameters/shape';
import { readSchedule } from '../../../../lib/truto/schedule';
import { outputSchedule } from './output';

const withTimes = postReceive(readSchedule, (schedule, { parameters, timeZone }) => [
	outputSchedule(schedule, readShape(parameters), timeZone, Date.now()),
]);

export const get: DeclaredOperation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a schedule',
		description:
			'Get one schedule, with its next three run times and a description of when it runs',
	},
	properties: [scheduleProperty, ...shapeProperties, optionsProperty()],
	routing: {
		request: { method: 'GET' },
		output: { postReceive: [withTimes] },
	},
};
