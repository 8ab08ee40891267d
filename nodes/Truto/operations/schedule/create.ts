import type { INodeProperties } from 'n8n-workflow';

import type { TrutoClient } from '../../../../lib/api/client';
import { postSchedule } from '../../../../lib/api/schedules';
import { TrutoError } from '../../../../lib/api/trutoError';
import { ExplainedError } from '../../../../lib/explainedError';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, Operation } from '../../../../lib/n8n/operation';
import { syncJobProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { checkAgainst, completeArguments } from '../../../../lib/syncJobs/startCheck';
import { INTEGRATED_ACCOUNT, SYNC_JOB } from '../../../../lib/truto/kinds';
import { readSyncJob } from '../syncJobRun/readSyncJob';
import { accountToSync, argumentProperties, readArguments } from '../syncJobRun/startFields';
import { activateAfter } from './activation';
import { cronExpression, readCronExpression, readScheduleFields, scheduleFields } from './fields';
import { outputSchedule } from './output';

const activate: INodeProperties = {
	displayName: 'Activate',
	name: 'activate',
	type: 'boolean',
	default: true,
	description: 'Whether to activate the schedule. Truto runs it only when it is active.',
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
		description: 'Let Truto start a sync job for an integrated account at fixed times',
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
	run: createSchedule,
};

async function createSchedule(item: ItemContext): Promise<JsonRecord[]> {
	const { parameters, client, timeZone, nodeRun, itemIndex } = item;
	const isActivationWanted = parameters.boolean(activate);
	const body = await readBody(item);
	// n8n's *Retry On Fail* must not create it a second time.
	const answer = nodeRun.createdSchedules.get(itemIndex) ?? (await post(client, body));
	nodeRun.createdSchedules.set(itemIndex, answer);
	if (isActivationWanted) await activateAfter(client, String(answer.id), 'was created');
	const schedule = { ...body, ...answer };
	return [
		{
			activated: isActivationWanted,
			...outputSchedule(schedule, { kind: 'raw' }, timeZone, Date.now()),
		},
	];
}

async function readBody(item: ItemContext): Promise<JsonRecord> {
	const { parameters, timeZone } = item;
	const syncJobId = parameters.id(syncJobProperty, SYNC_JOB);
	const accountId = parameters.optionalId(accountToSync, INTEGRATED_ACCOUNT);
	const expression = readCronExpression(parameters);
	const fields = readScheduleFields(parameters.in(additionalFields));
	const given = readArguments(parameters);
	const job = await readSyncJob(item, syncJobId);
	const args = job ? completeArguments(job, given, accountId, timeZone) : given;
	if (job) checkAgainst(job, { args, accountId, errorHandling: fields.error_handling });
	return {
		sync_job_id: syncJobId,
		...(accountId === undefined ? {} : { integrated_account_id: accountId }),
		cron_expression: expression,
		args,
		...fields,
	};
}

/** @throws {ExplainedError} that says so where a schedule may have been created all the same */
async function post(client: TrutoClient, body: JsonRecord): Promise<JsonRecord> {
	try {
		const schedule = await postSchedule(client, body);
		if (typeof schedule.id === 'string') return schedule;
		throw unsure(body, "Truto's answer holds no ID of a schedule.");
	} catch (error) {
		if (!(error instanceof TrutoError) || !error.mayHaveBeenDone) throw error;
		throw unsure(body, `${error.message}. ${error.description}`);
	}
}

function unsure({ sync_job_id: syncJobId }: JsonRecord, reason: string): ExplainedError {
	return new ExplainedError(
		`A schedule of sync job ${String(syncJobId)} may have been created, but Truto did not confirm it`,
		`Before you create it again, look at the schedules of this sync job with the operation 'Get Many'. ${reason}`,
	);
}
