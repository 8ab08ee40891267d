import { postReceive } from '../../../../lib/n8n/declared';
import { withNamesIfShown } from '../../../../lib/n8n/names';
import { declaredOperation } from '../../../../lib/n8n/operation';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { schedule } from '../../../../lib/parameters/locators';
import { optionsWith } from '../../../../lib/parameters/options';
import { shape } from '../../../../lib/parameters/shape';
import { readSchedule } from '../../../../lib/truto/schedule';
import { outputSchedule } from './output';

const options = { includeNames: includeNames(false) };

const withTimes = postReceive(
	readSchedule,
	{ shape, options: optionsWith(options) },
	async (found, values, item) => {
		const choice = { ...values.options, output: { shape: values.shape } };
		const schedules = await withNamesIfShown([found], choice, item);
		return schedules.map((named) => outputSchedule(named, values.shape, item.timeZone, Date.now()));
	},
);

export const get = declaredOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a schedule',
		description: 'Get one schedule, with its next run time and a description of when it runs',
	},
	parameters: { schedule, shape },
	options,
	routing: {
		request: { method: 'GET', url: schedule.path },
		output: { postReceive: [withTimes] },
	},
});
