import type { INodeProperties } from 'n8n-workflow';

import { ExplainedError } from '../../../../lib/explainedError';
import { isJsonRecord, type JsonRecord } from '../../../../lib/json';
import type { Parameter, ValuesOf } from '../../../../lib/parameters/parameter';
import { tidyCron } from '../../../../lib/schedules/cron';
import { namedFields, sharedFields } from '../../runSettings/runFields';

const expression: INodeProperties = {
	displayName: 'Cron Expression (UTC)',
	name: 'cronExpression',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 0 */6 * * *',
	description:
		'When to run: minute, hour, day of the month, month and day of the week. For example, 0 */6 * * * is every 6 hours and 30 2 * * MON is every Monday at 02:30 UTC.',
};

/** A valid cron expression. */
export const cronExpression = cronOf(expression);

/** The same for a schedule that has one already. */
export const newCronExpression = cronOf({
	...expression,
	required: false,
	description: `${expression.description ?? ''} The node then activates the schedule again, as Truto requires.`,
});

function cronOf(property: INodeProperties): Parameter<string> {
	return {
		properties: [property],
		read: (reader) => tidyCron(reader.requiredText(property)),
	};
}

const metaProperty: INodeProperties = {
	displayName: 'Meta (JSON)',
	name: 'meta',
	type: 'json',
	default: '',
	placeholder: 'e.g. { "owner": "data team" }',
	description: 'Any data of your own to keep with the schedule, as a JSON object',
};

const meta: Parameter<JsonRecord | undefined> = {
	properties: [metaProperty],
	read: (reader) => {
		const given = reader.json(metaProperty);
		if (given === undefined || isJsonRecord(given)) return given;
		throw new ExplainedError(
			`'${metaProperty.displayName}' is not a JSON object`,
			'Write it like { "name": "value" }.',
		);
	},
};

/** What a schedule passes to its runs besides their arguments, and what is stored with it. */
export const scheduleFields = { ...sharedFields, meta };

/** {@link scheduleFields} by Truto's names. @throws as {@link namedFields} */
export function namedScheduleFields({
	meta: data,
	...shared
}: Partial<ValuesOf<typeof scheduleFields>>): JsonRecord {
	return { ...namedFields(shared), ...(data === undefined ? {} : { meta: data }) };
}
