import type { INodeProperties } from 'n8n-workflow';

import type { TrutoClient } from '../../../../lib/api/client';
import { postRun } from '../../../../lib/api/syncJobRuns';
import { fetchSyncJob } from '../../../../lib/api/syncJobs';
import { TrutoError } from '../../../../lib/api/trutoError';
import { waitForRun } from '../../../../lib/api/waitForRun';
import { ExplainedError } from '../../../../lib/explainedError';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, ItemWork, Operation } from '../../../../lib/n8n/operation';
import {
	integratedAccountProperty,
	optional,
	syncJobProperty,
} from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import {
	readRunOutput,
	runOutputOptions,
	runOutputProperties,
} from '../../../../lib/parameters/runOutput';
import { readWaiting, waitProperties } from '../../../../lib/parameters/waiting';
import { outputRun } from '../../../../lib/runs/output';
import { checkAgainst, completeArguments } from '../../../../lib/syncJobs/startCheck';
import { INTEGRATED_ACCOUNT, SYNC_JOB } from '../../../../lib/truto/kinds';
import { failOnFailedRun } from './failedRun';
import {
	additionalFields,
	argumentProperties,
	readAdditionalFields,
	readArguments,
} from './startFields';

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
		// In this order: n8n shows all behind a condition whose parameter is an expression.
		show: { ...property.displayOptions?.show, waitForCompletion: [true] },
	},
});

/** Not required: a version 4 sync job may take the account as an argument. */
const account = {
	...optional(integratedAccountProperty),
	description:
		"The integrated account, one customer's connection, to sync. It also fills the sync job's argument for it.",
};

export const start: Operation = {
	option: {
		name: 'Start',
		value: 'start',
		action: 'Start a sync job run',
		description:
			'Start a run of a sync job for an integrated account, and wait for its end where asked to',
	},
	properties: [
		syncJobProperty,
		account,
		...argumentProperties,
		additionalFields,
		waitForCompletion,
		...[...waitProperties, ...runOutputProperties].map(whenWaiting),
		optionsProperty(runOutputOptions),
	],
	prepare: prepareStart,
};

async function prepareStart(item: ItemContext): Promise<ItemWork> {
	const { parameters, client } = item;
	const isWaiting = parameters.boolean(waitForCompletion);
	const waiting = readWaiting(parameters);
	const output = readRunOutput(parameters);
	const body = await readBody(item);
	return async () => {
		const run = await startOnce(item, body);
		if (!isWaiting) return [run];
		return outputRun(await waitForEnd(client, String(run.id), waiting), output);
	};
}

async function readBody(item: ItemContext): Promise<JsonRecord> {
	const { parameters } = item;
	const syncJobId = parameters.id(syncJobProperty, SYNC_JOB);
	const accountId = parameters.optionalId(account, INTEGRATED_ACCOUNT);
	const given = readArguments(parameters);
	const fields = readAdditionalFields(parameters);
	const job = await readSyncJob(item, syncJobId);
	const args = job ? completeArguments(job, given, accountId) : given;
	if (job) checkAgainst(job, { args, accountId, errorHandling: fields.error_handling });
	return {
		sync_job_id: syncJobId,
		...(accountId === undefined ? {} : { integrated_account_id: accountId }),
		status: 'created',
		args,
		...fields,
	};
}

/** @returns undefined where the token may not read sync jobs: it may start one all the same */
async function readSyncJob(
	{ client, nodeRun }: ItemContext,
	id: string,
): Promise<JsonRecord | undefined> {
	const fetching = nodeRun.once(id, async () => await fetchSyncJob(client, id));
	return await fetching.catch((error: unknown) => {
		if (error instanceof TrutoError && error.status === 403) return undefined;
		throw error;
	});
}

/** Starts the item's run, unless n8n repeats the node and it was, or may have been, started before. */
async function startOnce(
	{ itemIndex, nodeRun, client }: ItemContext,
	body: JsonRecord,
): Promise<JsonRecord> {
	const known = nodeRun.startedRuns.get(itemIndex);
	if (known) return known;
	const doubt = nodeRun.unsureStarts.get(itemIndex);
	if (doubt) throw doubt;
	const run = await startRun(client, body).catch((error: unknown) => {
		if (error instanceof UnsureStart) nodeRun.unsureStarts.set(itemIndex, error);
		throw error;
	});
	nodeRun.startedRuns.set(itemIndex, run);
	return run;
}

/** A run may have been started, or not. */
class UnsureStart extends ExplainedError {}

/** @throws {UnsureStart} where a run may have been started all the same */
async function startRun(client: TrutoClient, body: JsonRecord): Promise<JsonRecord> {
	const run = await postRun(client, body).catch((error: unknown) => {
		if (!(error instanceof TrutoError) || !error.mayHaveBeenDone) throw error;
		throw unsure(body, `${error.message}. ${error.description}`);
	});
	if (typeof run.id === 'string') return run;
	throw unsure(body, "Truto's answer holds no ID of a run.");
}

function unsure({ sync_job_id: syncJobId }: JsonRecord, reason: string): UnsureStart {
	return new UnsureStart(
		`A run of sync job ${String(syncJobId)} may have been started, but Truto did not confirm it`,
		`Before you start it again, look at the latest runs of this sync job with the operation 'Get Many'. ${reason}`,
	);
}

/** @throws an error that names the run, as it goes on at Truto */
async function waitForEnd(
	client: TrutoClient,
	id: string,
	waiting: ReturnType<typeof readWaiting>,
): Promise<JsonRecord> {
	const run = await waitForRun(client, id, { ...waiting, isNew: true });
	if (waiting.failOnFailedRun) await failOnFailedRun(client, run);
	return run;
}
