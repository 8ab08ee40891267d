import { postReceive } from '../../../../lib/n8n/declared';
import { declaredOperation } from '../../../../lib/n8n/operation';
import { schedule } from '../../../../lib/parameters/locators';
import { shape } from '../../../../lib/parameters/shape';
import { readSchedule } from '../../../../lib/truto/schedule';
import { outputSchedule } from './output';

const withTimes = postReceive(readSchedule, { shape }, (found, values, timeZone) => [
	outputSchedule(found, values.shape, timeZone, Date.now()),
]);

export const get = declaredOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a schedule',
		description:
			'Get one schedule, with its next three run times and a description of when it runs',
	},
	parameters: { schedule, shape },
	routing: {
		request: { method: 'GET' },
		output: { postReceive: [withTimes] },
	},
});
