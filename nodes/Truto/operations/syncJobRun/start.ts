import type { INodeProperties } from 'n8n-workflow';

import { createOne } from '../../../../lib/api/things';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, ItemWork, Operation } from '../../../../lib/n8n/operation';
import { syncJobProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import {
	readRunOutput,
	runOutputOptions,
	runOutputProperties,
} from '../../../../lib/parameters/runOutput';
import { readWaiting, waitProperties } from '../../../../lib/parameters/waiting';
import { outputRun } from '../../../../lib/runs/output';
import { INTEGRATED_ACCOUNT, SYNC_JOB, SYNC_JOB_RUN } from '../../../../lib/truto/kinds';
import { runAtItsEnd } from './runAtItsEnd';
import { accountToSync, argumentProperties, readJobArguments } from './jobArguments';
import { additionalFields, readAdditionalFields } from './startFields';

const waitForCompletion: INodeProperties = {
	displayName: 'Wait for Completion',
	name: 'waitForCompletion',
	type: 'boolean',
	default: false,
	description: 'Whether to wait until the run has ended and return it as Get does',
};

const whenWaiting = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: {
		...property.displayOptions,
		// The order matters: if a parameter is an expression, n8n shows everything that depends on it.
		show: { ...property.displayOptions?.show, waitForCompletion: [true] },
	},
});

export const start: Operation = {
	option: {
		name: 'Start',
		value: 'start',
		action: 'Start a sync job run',
		description:
			'Start a run of a sync job for an integrated account, and optionally wait for it to end',
	},
	properties: [
		syncJobProperty,
		accountToSync,
		...argumentProperties,
		additionalFields,
		waitForCompletion,
		...[...waitProperties, ...runOutputProperties].map(whenWaiting),
		optionsProperty(runOutputOptions),
	],
	prepare: prepareStart,
};

async function prepareStart(item: ItemContext): Promise<ItemWork> {
	const { parameters, client, nodeRun } = item;
	const isWaiting = parameters.boolean(waitForCompletion);
	const waiting = readWaiting(parameters);
	const output = readRunOutput(parameters);
	const body = await readBody(item);
	return async () => {
		const startRun = async () => await createOne(client, SYNC_JOB_RUN, body);
		const run = await nodeRun.create(SYNC_JOB_RUN, startRun);
		if (!isWaiting) return [run];
		return outputRun(
			await runAtItsEnd(client, String(run.id), { ...waiting, isNew: true }),
			output,
		);
	};
}

async function readBody(item: ItemContext): Promise<JsonRecord> {
	const { parameters } = item;
	const syncJobId = parameters.id(syncJobProperty, SYNC_JOB);
	const accountId = parameters.optionalId(accountToSync, INTEGRATED_ACCOUNT);
	const fields = readAdditionalFields(parameters);
	const args = await readJobArguments(item, {
		syncJobId,
		accountId,
		errorHandling: fields.error_handling,
	});
	return {
		sync_job_id: syncJobId,
		...(accountId === undefined ? {} : { integrated_account_id: accountId }),
		status: 'created',
		args,
		...fields,
	};
}
