import type { INodeProperties } from 'n8n-workflow';

import { createOne } from '../../../../lib/api/things';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, ItemWork, Operation } from '../../../../lib/n8n/operation';
import { syncJobProperty } from '../../../../lib/parameters/locators';
import { withPlainNumbers } from '../../../../lib/parameters/exactJson';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { INTEGRATED_ACCOUNT, SCHEDULE, SYNC_JOB } from '../../../../lib/truto/kinds';
import { accountToSync, argumentProperties, readJobArguments } from '../syncJobRun/jobArguments';
import { readSchedule } from '../../../../lib/truto/schedule';
import { activateAfter } from './activation';
import { cronExpression, readCronExpression, readScheduleFields, scheduleFields } from './fields';
import { outputSchedule } from './output';

const activate: INodeProperties = {
	displayName: 'Activate',
	name: 'activate',
	type: 'boolean',
	default: true,
	description: 'Whether to activate the schedule. Truto only runs active schedules.',
};

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: scheduleFields,
};

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a schedule',
		description:
			'Create a schedule that starts a sync job for an integrated account at fixed times',
	},
	properties: [
		syncJobProperty,
		accountToSync,
		cronExpression,
		...argumentProperties,
		activate,
		additionalFields,
		optionsProperty(),
	],
	prepare: prepareCreate,
};

async function prepareCreate(item: ItemContext): Promise<ItemWork> {
	const { parameters, client, timeZone, nodeRun } = item;
	const isActivationWanted = parameters.boolean(activate);
	const body = await readBody(item);
	return async () => {
		const createSchedule = async () => await createOne(client, SCHEDULE, body);
		const answer = await nodeRun.create(SCHEDULE, createSchedule);
		if (isActivationWanted) {
			const id = String(answer.id);
			const act = async () => {
				await activateAfter(client, id, 'was created');
				return [];
			};
			await nodeRun.change({ kind: SCHEDULE, id, done: 'activated', act });
		}
		const schedule = { ...withPlainNumbers(body), ...answer };
		return [
			{
				activated: isActivationWanted,
				...outputSchedule(readSchedule(schedule), { kind: 'raw' }, timeZone, Date.now()),
			},
		];
	};
}

async function readBody(item: ItemContext): Promise<JsonRecord> {
	const { parameters } = item;
	const syncJobId = parameters.id(syncJobProperty, SYNC_JOB);
	const accountId = parameters.optionalId(accountToSync, INTEGRATED_ACCOUNT);
	const expression = readCronExpression(parameters);
	const fields = readScheduleFields(parameters.in(additionalFields));
	const args = await readJobArguments(item, {
		syncJobId,
		accountId,
		errorHandling: fields.error_handling,
	});
	return {
		sync_job_id: syncJobId,
		...(accountId === undefined ? {} : { integrated_account_id: accountId }),
		cron_expression: expression,
		args,
		...fields,
	};
}
