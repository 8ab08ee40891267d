import type { IDataObject, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { INTEGRATED_ACCOUNT, locator, readId, SYNC_JOB } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/options';
import {
	outputRuns,
	runOutputOptions,
	runOutputProperties,
} from '../../../../lib/parameters/runOutput';
import { readArgs, startOptions, startProperties } from '../../../../lib/parameters/start';
import { waitAsAsked, waitProperties } from '../../../../lib/parameters/wait';
import { missingArgs } from '../../../../lib/syncJobs/argsSchema';
import { ExplainedError } from '../../../../lib/explainedError';
import { parseJson, type JsonRecord } from '../../../../lib/json';
import type { Operation } from '../../../../lib/n8n/operation';
import { fetchSyncJob } from '../../../../lib/api/fetchSyncJob';
import { runPerItem, type ItemContext } from '../../../../lib/n8n/perItem';

const whenWaiting = (property: INodeProperties): INodeProperties => ({
	...property,
	displayOptions: { show: { waitForCompletion: [true], ...property.displayOptions?.show } },
});

export const start: Operation = {
	option: {
		name: 'Start',
		value: 'start',
		action: 'Start a sync job run',
		description:
			'Start a run of a sync job for an integrated account, and wait for its end where asked to',
		routing: runPerItem(startRun),
	},
	properties: [
		locator(SYNC_JOB),
		locator(INTEGRATED_ACCOUNT),
		...startProperties,
		...[...waitProperties, ...runOutputProperties].map(whenWaiting),
		optionsProperty([...startOptions, ...runOutputOptions]),
	],
};

async function startRun(item: ItemContext): Promise<JsonRecord[]> {
	const { n8n, client, options } = item;
	const syncJobId = readId(n8n, SYNC_JOB);
	const args = readArgs(n8n);
	const body: IDataObject = {
		sync_job_id: syncJobId,
		integrated_account_id: readId(n8n, INTEGRATED_ACCOUNT),
		status: 'created',
		args: args as IDataObject,
		...readDestination(n8n),
		error_handling: n8n.getNodeParameter('errorHandling', '') || undefined,
		ignore_previous_run: n8n.getNodeParameter('ignorePreviousRun', false) || undefined,
		...readStartOptions(options),
	};
	const missing = missingArgs(await fetchSyncJob(client, syncJobId), args);
	if (missing.length > 0) {
		throw new ExplainedError(
			`The sync job needs arguments that are not given: ${missing.join(', ')}`,
			'Add them under "Arguments". Nothing was started.',
		);
	}
	const run = await client.sendForRecord({
		method: 'POST',
		path: '/sync-job-run',
		body,
		about: `starting sync job ${syncJobId}`,
	});
	if (!n8n.getNodeParameter('waitForCompletion', false)) return [run];
	return outputRuns(n8n, options, [await waitAsAsked(item, String(run.id))]);
}

/** Truto takes a webhook (RapidBridge) or a daemon group (Daemon), never both. */
function readDestination(n8n: IExecuteSingleFunctions): IDataObject {
	const webhookId = String(n8n.getNodeParameter('webhookId', '')).trim();
	const daemonGroupKey = String(n8n.getNodeParameter('daemonGroupKey', '')).trim();
	if (webhookId !== '' && daemonGroupKey !== '') {
		throw new ExplainedError(
			'A run has one destination, but a webhook and a daemon group are given',
			'Clear "Webhook ID" or "Daemon Group Key". Nothing was started.',
		);
	}
	return { webhook_id: webhookId || undefined, daemon_group_key: daemonGroupKey || undefined };
}

function readStartOptions(options: Record<string, unknown>): IDataObject {
	const body: IDataObject = {};
	for (const { displayName, name, type } of startOptions) {
		const given = options[name];
		if (given === undefined || given === '') continue;
		const value = type === 'json' && typeof given === 'string' ? parseJson(given) : given;
		if (value === undefined) {
			throw new ExplainedError(`"${displayName}" is not valid JSON`, 'Nothing was started.');
		}
		body[snakeCase(name)] = value as IDataObject;
	}
	return body;
}

/** The API's name of an option: `mutexKey` is `mutex_key` there. */
function snakeCase(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
