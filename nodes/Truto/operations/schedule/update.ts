import { patchSchedule } from '../../../../lib/api/schedules';
import { ExplainedError } from '../../../../lib/explainedError';
import type { JsonRecord } from '../../../../lib/json';
import { operation } from '../../../../lib/n8n/operation';
import { added } from '../../../../lib/parameters/collection';
import { withPlainNumbers } from '../../../../lib/parameters/exactJson';
import { schedule } from '../../../../lib/parameters/locators';
import { SCHEDULE } from '../../../../lib/truto/kinds';
import { readSchedule } from '../../../../lib/truto/schedule';
import { activateAfter, NotActivated, withActivation } from './activation';
import { namedScheduleFields, newCronExpression, scheduleFields } from './fields';
import { outputSchedule } from './output';

// Truto's docs don't say how to clear a setting, so an empty one can't change anything.
const updateFields = added(
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		type: 'collection',
		placeholder: 'Add field',
		default: {},
		description: 'What to change. Everything else stays as it is.',
	},
	{ cronExpression: newCronExpression, ...scheduleFields },
	"Update can't clear a setting. Enter a value, or remove the field to leave the setting as it is. To clear it, delete the schedule and create it again.",
);

export const update = operation({
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a schedule',
		description:
			'Change when a schedule runs, or the settings of its runs. A new cron expression is activated at once.',
	},
	parameters: { id: schedule, updateFields },
	run: async ({ id, updateFields: changes }, { client, timeZone, nodeRun, itemIndex }) => {
		const { cronExpression, ...fields } = changes;
		// Even if it is the same as before: an earlier try may have changed it without activating it.
		const isActivationWanted = cronExpression !== undefined;
		const body: JsonRecord = {
			...(isActivationWanted ? { cron_expression: cronExpression } : {}),
			...namedScheduleFields(fields),
		};
		if (Object.keys(body).length === 0) throw nothingToUpdate();
		const explain = (error: unknown) => {
			throw isActivationWanted ? withActivation(error) : error;
		};
		return await nodeRun.change({
			kind: SCHEDULE,
			id,
			done: 'changed',
			wanted: body,
			act: async () => {
				// Kept, in case the activation fails and is tried again.
				const answer = await nodeRun.once(
					`change of schedule by item ${itemIndex}`,
					async () => await patchSchedule(client, id, body).catch(explain),
				);
				if (isActivationWanted) await activateAfter(client, id, 'changed');
				const changed = readSchedule({ id, ...withPlainNumbers(body), ...answer });
				const shown = outputSchedule(changed, { kind: 'raw' }, timeZone, Date.now());
				return [{ activated: isActivationWanted, ...shown }];
			},
			settle: async (_, doubt) => {
				if (!(doubt instanceof NotActivated)) throw doubt;
				return await Promise.resolve(undefined);
			},
		});
	},
});

function nothingToUpdate(): ExplainedError {
	return new ExplainedError(
		'There is nothing to update',
		"Add what to change under 'Update Fields'. An expression may have returned nothing for this item.",
	);
}
