import { createOne } from '../../../../lib/api/things';
import type { JsonRecord } from '../../../../lib/json';
import { nameBookOf } from '../../../../lib/n8n/names';
import { checkedOperation } from '../../../../lib/n8n/operation';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { syncJob } from '../../../../lib/parameters/locators';
import { boolean, shownIf } from '../../../../lib/parameters/parameter';
import { runOutput, splitOptions } from '../../../../lib/parameters/runOutput';
import { waiting } from '../../../../lib/parameters/waiting';
import { inReadingOrder } from '../../../../lib/readingOrder';
import { outputRun } from '../../../../lib/runs/output';
import { SYNC_JOB_RUN } from '../../../../lib/truto/kinds';
import { readRun } from '../../../../lib/truto/run';
import {
	accountToSync,
	checkedArguments,
	jobArguments,
	type CheckedRun,
} from '../../runSettings/jobArguments';
import { additionalFields } from '../../runSettings/runFields';
import { namedRun } from './named';
import { runAtItsEnd } from './runAtItsEnd';

const waitForCompletion = boolean({
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description: 'Whether to wait until the run has ended and return it as Get does',
});

const whenWaiting = { waitForCompletion: [true] };

/** The same for an entry of *Options*. */
const whenStartWaits = { '/waitForCompletion': [true] };

export const start = checkedOperation({
	option: {
		name: 'Start',
		value: 'start',
		action: 'Start a sync job run',
		description:
			'Start a run of a sync job for an integrated account, and optionally wait for it to end',
	},
	parameters: {
		syncJobId: syncJob,
		accountId: accountToSync,
		given: jobArguments,
		fields: additionalFields,
		waitForCompletion,
		waiting: shownIf(waiting, whenWaiting),
		output: shownIf(runOutput, whenWaiting),
	},
	options: { includeNames: shownIf(includeNames(true), whenStartWaits), ...splitOptions },
	prepare: async (values, item) => {
		const { client, nodeRun } = item;
		const { fields } = values;
		const errorHandling = fields.error_handling;
		const checked = await checkedArguments({ ...values, errorHandling }, item);
		const body = bodyOf(values, checked.args);
		return async () => {
			const startRun = async () => await createOne(client, SYNC_JOB_RUN, body);
			const run = await nodeRun.create(SYNC_JOB_RUN, startRun);
			if (!values.waitForCompletion) return [startedRow(run, checked)];
			const limits = { ...values.waiting, isNew: true };
			const names = values.options.includeNames ? await nameBookOf(item) : undefined;
			const ended = await runAtItsEnd(client, String(run.id), limits, names);
			const { output } = values;
			return outputRun(await namedRun(ended, { ...values.options, output }, item), output);
		};
	},
});

/**
 * The run as Truto sent it, with its names, and with its ID under the name that it has in all other output.
 *
 * @param checked what was looked up before the start: Truto may leave the names out
 */
function startedRow(raw: JsonRecord, { job, account: read }: CheckedRun): JsonRecord {
	const run = readRun(raw);
	const account = read();
	const names = {
		tenant_id: run.tenantId ?? account?.tenantId ?? null,
		sync_job_label: run.label ?? job?.label ?? null,
		integration_name:
			run.integrationName ?? job?.integrationName ?? account?.integrationName ?? null,
	};
	const id = { [SYNC_JOB_RUN.idField]: run.id };
	return inReadingOrder({ ...raw, ...names, ...id }, ['status', ...Object.keys(names)]);
}

interface NewRun {
	syncJobId: string;
	accountId: string | undefined;
	/** By Truto's names. */
	fields: JsonRecord;
}

function bodyOf({ syncJobId, accountId, fields }: NewRun, args: JsonRecord): JsonRecord {
	return {
		sync_job_id: syncJobId,
		...(accountId === undefined ? {} : { integrated_account_id: accountId }),
		status: 'created',
		args,
		...fields,
	};
}
