import { fetchSchedule } from '../../../../lib/api/schedules';
import { deleteOne, unlessGone } from '../../../../lib/api/things';
import { operation } from '../../../../lib/n8n/operation';
import { schedule } from '../../../../lib/parameters/locators';
import { SCHEDULE } from '../../../../lib/truto/kinds';

export const deleteSchedule = operation({
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete a schedule',
		description: 'Delete a schedule. Its sync job and the runs that it has started are kept.',
	},
	parameters: { id: schedule },
	run: async ({ id }, { client, nodeRun }) => {
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
});
