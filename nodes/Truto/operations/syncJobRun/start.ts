import { createOne } from '../../../../lib/api/things';
import type { JsonRecord } from '../../../../lib/json';
import { checkedOperation, type ItemContext } from '../../../../lib/n8n/operation';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { syncJob } from '../../../../lib/parameters/locators';
import { boolean, shownIf } from '../../../../lib/parameters/parameter';
import { runOutput, splitOptions } from '../../../../lib/parameters/runOutput';
import { waiting } from '../../../../lib/parameters/waiting';
import { inReadingOrder } from '../../../../lib/readingOrder';
import { outputRun } from '../../../../lib/runs/output';
import { SYNC_JOB_RUN } from '../../../../lib/truto/kinds';
import { accountToSync, checkedArguments, jobArguments } from '../../runSettings/jobArguments';
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
		const body = await bodyOf(values, item);
		return async () => {
			const startRun = async () => await createOne(client, SYNC_JOB_RUN, body);
			const run = await nodeRun.create(SYNC_JOB_RUN, startRun);
			if (!values.waitForCompletion) return [startedRow(run)];
			const limits = { ...values.waiting, isNew: true };
			const ended = await runAtItsEnd(client, String(run.id), limits);
			const { output } = values;
			return outputRun(await namedRun(ended, { ...values.options, output }, item), output);
		};
	},
});

/** The run as Truto sent it, with its ID under the name that it has in all other output. */
function startedRow(run: JsonRecord): JsonRecord {
	return inReadingOrder(run.id === undefined ? run : { ...run, [SYNC_JOB_RUN.idField]: run.id });
}

interface NewRun {
	syncJobId: string;
	accountId: string | undefined;
	given: JsonRecord;
	/** By Truto's names. */
	fields: JsonRecord;
}

async function bodyOf(run: NewRun, item: ItemContext): Promise<JsonRecord> {
	const { syncJobId, accountId, fields } = run;
	const args = await checkedArguments({ ...run, errorHandling: fields.error_handling }, item);
	return {
		sync_job_id: syncJobId,
		...(accountId === undefined ? {} : { integrated_account_id: accountId }),
		status: 'created',
		args,
		...fields,
	};
}
