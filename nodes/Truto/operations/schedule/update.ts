import { isResourceLocatorValue, type INodeProperties } from 'n8n-workflow';

import { patchSchedule } from '../../../../lib/api/schedules';
import { ExplainedError } from '../../../../lib/explainedError';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, Operation } from '../../../../lib/n8n/operation';
import { optional, scheduleProperty } from '../../../../lib/parameters/locators';
import type { ParameterReader } from '../../../../lib/parameters/reader';
import { withPlainNumbers } from '../../../../lib/parameters/exactJson';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { compareTexts } from '../../../../lib/text';
import { SCHEDULE } from '../../../../lib/truto/kinds';
import { readSchedule } from '../../../../lib/truto/schedule';
import { activateAfter, withActivation } from './activation';
import { cronExpression, readCronExpression, readScheduleFields, scheduleFields } from './fields';
import { outputSchedule } from './output';

const newExpression: INodeProperties = {
	...optional(cronExpression),
	description: `${cronExpression.description ?? ''} The node then activates the schedule again, as Truto requires.`,
};

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description: 'What to change. Everything else stays as it is.',
	options: [newExpression, ...scheduleFields].sort((a, b) =>
		compareTexts(a.displayName, b.displayName),
	),
};

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a schedule',
		description:
			'Change when a schedule runs, or the settings of its runs. A new cron expression is activated at once.',
	},
	properties: [scheduleProperty, updateFields, optionsProperty()],
	run: updateSchedule,
};

/**
 * Truto's docs don't say how to take a setting back, so an empty one can't change anything.
 *
 * @throws {ExplainedError} if a field was added but is empty
 */
function refuseEmpty(fields: ParameterReader): void {
	const empty = scheduleFields.find((field) => fields.has(field) && isEmpty(fields.raw(field)));
	if (!empty) return;
	throw new ExplainedError(
		`'${empty.displayName}' is empty, and Update can't clear a setting`,
		'Choose a value, or remove the field to leave the setting as it is. To take a setting back, delete the schedule and create it again.',
	);
}

/** A locator is empty if its value is. */
function isEmpty(value: unknown): boolean {
	const given = isResourceLocatorValue(value) ? value.value : value;
	return [given ?? []].flat().every((entry) => String(entry).trim() === '');
}

async function updateSchedule(item: ItemContext): Promise<JsonRecord[]> {
	const { parameters, client, timeZone, nodeRun, itemIndex } = item;
	const id = parameters.id(scheduleProperty, SCHEDULE);
	const fields = parameters.in(updateFields);
	// Even if it is the same as before: an earlier try may have changed it without activating it.
	const isActivationWanted = fields.has(cronExpression);
	refuseEmpty(fields);
	const body: JsonRecord = {
		...(isActivationWanted ? { cron_expression: readCronExpression(fields) } : {}),
		...readScheduleFields(fields),
	};
	if (Object.keys(body).length === 0) {
		throw new ExplainedError(
			'There is nothing to update',
			`Add what to change under '${updateFields.displayName}'. An expression may have given nothing for this item.`,
		);
	}
	const explain = (error: unknown) => {
		throw isActivationWanted ? withActivation(error) : error;
	};
	return await nodeRun.change({
		kind: SCHEDULE,
		id,
		done: 'changed',
		wanted: body,
		act: async () => {
			// Kept, in case that the activation fails and is tried again.
			const answer = await nodeRun.once(
				`change of schedule by item ${itemIndex}`,
				async () => await patchSchedule(client, id, body).catch(explain),
			);
			if (isActivationWanted) await activateAfter(client, id, 'was changed');
			const schedule = readSchedule({ id, ...withPlainNumbers(body), ...answer });
			const shown = outputSchedule(schedule, { kind: 'raw' }, timeZone, Date.now());
			return [{ activated: isActivationWanted, ...shown }];
		},
	});
}
