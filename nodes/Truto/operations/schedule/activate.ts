import { activateSchedule, fetchSchedule } from '../../../../lib/api/schedules';
import { operation } from '../../../../lib/n8n/operation';
import { schedule } from '../../../../lib/parameters/locators';
import { SCHEDULE } from '../../../../lib/truto/kinds';
import { outputSchedule } from './output';

export const activate = operation({
	option: {
		name: 'Activate',
		value: 'activate',
		action: 'Activate a schedule',
		description:
			'Activate a schedule that is not active yet, or whose changed cron expression is not active yet',
	},
	parameters: { id: schedule },
	run: async ({ id }, { client, timeZone, nodeRun }) => {
		return await nodeRun.change({
			kind: SCHEDULE,
			id,
			done: 'activated',
			// Before the activation, because an error after it would hide that it happened.
			look: async () => await fetchSchedule(client, id),
			act: async (found) => {
				await activateSchedule(client, id);
				const shown = outputSchedule(found, { kind: 'raw' }, timeZone, Date.now());
				return [{ activated: true, ...shown }];
			},
			// Truto activates a schedule after each change: once more does no harm.
			settle: async () => await Promise.resolve(undefined),
		});
	},
});
