import { createOne } from '../../../../lib/api/things';
import { checkedOperation } from '../../../../lib/n8n/operation';
import { withPlainNumbers } from '../../../../lib/parameters/exactJson';
import { syncJob } from '../../../../lib/parameters/locators';
import { boolean } from '../../../../lib/parameters/parameter';
import { SCHEDULE } from '../../../../lib/truto/kinds';
import { readSchedule } from '../../../../lib/truto/schedule';
import { accountToSync, checkedArguments, jobArguments } from '../../runSettings/jobArguments';
import { additionalFieldsWith } from '../../runSettings/runFields';
import { activateAfter } from './activation';
import { cronExpression, namedScheduleFields, scheduleFields } from './fields';
import { outputSchedule } from './output';

const activate = boolean({
	displayName: 'Activate',
	name: 'activate',
	type: 'boolean',
	default: true,
	description: 'Whether to activate the schedule. Truto only runs active schedules.',
});

export const create = checkedOperation({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a schedule',
		description:
			'Create a schedule that starts a sync job for an integrated account at fixed times',
	},
	parameters: {
		syncJobId: syncJob,
		accountId: accountToSync,
		cronExpression,
		given: jobArguments,
		activate,
		additionalFields: additionalFieldsWith(scheduleFields),
	},
	prepare: async (values, item) => {
		const { client, timeZone, nodeRun } = item;
		const { syncJobId, accountId } = values;
		const fields = namedScheduleFields(values.additionalFields);
		const errorHandling = fields.error_handling;
		const body = {
			sync_job_id: syncJobId,
			...(accountId === undefined ? {} : { integrated_account_id: accountId }),
			cron_expression: values.cronExpression,
			args: (await checkedArguments({ ...values, errorHandling }, item)).args,
			...fields,
		};
		return async () => {
			const createSchedule = async () => await createOne(client, SCHEDULE, body);
			const answer = await nodeRun.create(SCHEDULE, createSchedule);
			if (values.activate) {
				const id = String(answer.id);
				const act = async () => {
					await activateAfter(client, id, 'created');
					return [];
				};
				const settle = async () => await Promise.resolve(undefined);
				await nodeRun.change({ kind: SCHEDULE, id, done: 'activated', act, settle });
			}
			const schedule = { ...withPlainNumbers(body), ...answer };
			return [
				{
					activated: values.activate,
					...outputSchedule(readSchedule(schedule), { kind: 'raw' }, timeZone, Date.now()),
				},
			];
		};
	},
});
