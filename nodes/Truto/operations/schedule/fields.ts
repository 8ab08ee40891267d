import type { INodeProperties } from 'n8n-workflow';

import { ExplainedError } from '../../../../lib/explainedError';
import { isJsonRecord, type JsonRecord } from '../../../../lib/json';
import type { ParameterReader } from '../../../../lib/parameters/reader';
import { tidyCron } from '../../../../lib/schedules/cron';
import {
	daemonGroupKey,
	errorHandling,
	eventsToSend,
	readRunFields,
	superQuery,
	webhook,
} from '../syncJobRun/startFields';

export const cronExpression: INodeProperties = {
	displayName: 'Cron Expression',
	name: 'cronExpression',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 0 */6 * * *',
	description:
		'When to run, in UTC: minute, hour, day of the month, month and day of the week. For example, 0 */6 * * * is every 6 hours and 30 2 * * 1 is every Monday at 02:30.',
};

/** @throws {ExplainedError} if it is empty or isn't a cron expression */
export function readCronExpression(parameters: ParameterReader): string {
	return tidyCron(parameters.requiredText(cronExpression));
}

const meta: INodeProperties = {
	displayName: 'Meta (JSON)',
	name: 'meta',
	type: 'json',
	default: '',
	placeholder: 'e.g. { "owner": "data team" }',
	description: 'Any data of your own to keep with the schedule, as a JSON object',
};

/** What a schedule passes to its runs besides their arguments, and what is stored with it. */
export const scheduleFields: INodeProperties[] = [
	daemonGroupKey,
	errorHandling,
	eventsToSend,
	meta,
	superQuery,
	webhook,
];

/**
 * The fields of a schedule from a collection of {@link scheduleFields}, by Truto's names.
 *
 * @throws {ExplainedError} if one can't be used
 */
export function readScheduleFields(fields: ParameterReader): JsonRecord {
	const given = fields.json(meta);
	if (given === undefined) return readRunFields(fields);
	if (isJsonRecord(given)) return { ...readRunFields(fields), meta: given };
	throw new ExplainedError(
		`'${meta.displayName}' is not a JSON object`,
		'Write it like { "name": "value" }.',
	);
}
