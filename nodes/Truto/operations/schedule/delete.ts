import { fetchSchedule } from '../../../../lib/api/schedules';
import { deleteOne, unlessGone } from '../../../../lib/api/things';
import type { Operation } from '../../../../lib/n8n/operation';
import { scheduleProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { SCHEDULE } from '../../../../lib/truto/kinds';

export const deleteSchedule: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete a schedule',
		description: 'Delete a schedule. Its sync job and the runs that it has started are kept.',
	},
	properties: [scheduleProperty, optionsProperty()],
	run: async ({ parameters, client, nodeRun }) => {
		const id = parameters.id(scheduleProperty, SCHEDULE);
		const output = [{ deleted: true, [SCHEDULE.idField]: id }];
		return await nodeRun.change({
			kind: SCHEDULE,
			id,
			done: 'deleted',
			act: async () => {
				await deleteOne(client, SCHEDULE, id);
				return output;
			},
			settle: async () =>
				(await unlessGone(fetchSchedule(client, id))) === undefined ? output : undefined,
		});
	},
};
