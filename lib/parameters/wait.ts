import type { IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import type { JsonRecord } from '../json';
import { fetchRunLogs } from '../api/fetchRunLogs';
import type { ItemContext } from '../n8n/perItem';
import { waitForRun } from '../api/waitForRun';
import { summarizeLogs } from '../runs/summarizeLogs';

/** How to wait for a run's end, for every operation that can. */
export const waitProperties: INodeProperties[] = [
	{
		displayName: 'Poll Interval (Seconds)',
		name: 'pollInterval',
		type: 'number',
		typeOptions: { minValue: 2 },
		default: 10,
		description:
			'How long to wait between two looks at the run. Truto updates a running run every 10 seconds.',
	},
	{
		displayName: 'Timeout (Minutes)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 30,
		description: 'How long to wait for the end of the run',
	},
	{
		displayName: 'On Timeout',
		name: 'onTimeout',
		type: 'options',
		options: [
			{ name: 'Throw an Error', value: 'error' },
			{ name: 'Return the Run as It Is', value: 'returnRun' },
		],
		default: 'error',
		description: 'What to do when the run has not ended in time',
	},
	{
		displayName: 'Fail on Failed Run',
		name: 'failOnFailedRun',
		type: 'boolean',
		default: true,
		description:
			'Whether the node fails when the run has failed, with the reason from its logs, instead of returning the run',
	},
];

const SHORTEST_POLL_SECONDS = 2;

/**
 * Waits for a run's end as the current item's parameters say.
 *
 * @throws {ExplainedError} where the run failed, with the reason from its logs; see {@link waitForRun}
 */
export async function waitAsAsked({ n8n, client }: ItemContext, id: string): Promise<JsonRecord> {
	const run = await waitForRun(client, id, {
		pollIntervalMs: readPollSeconds(n8n) * 1000,
		timeoutMs: readTimeoutMinutes(n8n) * 60_000,
		onTimeout: n8n.getNodeParameter('onTimeout', 'error') as 'error' | 'returnRun',
	});
	if (run.status !== 'failed' || !n8n.getNodeParameter('failOnFailedRun', true)) return run;
	const summary = summarizeLogs(id, await fetchRunLogs(client, run));
	throw new ExplainedError(
		`Sync job run ${id} failed: ${String(summary.first_error ?? 'its logs do not say why')}`,
		`Likely cause: ${String(summary.likely_cause)}. Errors by resource: ${JSON.stringify(summary.errors_by_resource)}. Use "Get Logs" for all entries.`,
	);
}

function readPollSeconds(n8n: IExecuteSingleFunctions): number {
	const seconds = Number(n8n.getNodeParameter('pollInterval', 10));
	if (seconds >= SHORTEST_POLL_SECONDS) return seconds;
	throw new ExplainedError(
		`The poll interval is too short: ${seconds} seconds`,
		`Use at least ${SHORTEST_POLL_SECONDS} seconds. Truto updates a running run every 10 seconds.`,
	);
}

function readTimeoutMinutes(n8n: IExecuteSingleFunctions): number {
	const minutes = Number(n8n.getNodeParameter('timeout', 30));
	if (minutes >= 0) return minutes;
	throw new ExplainedError(
		`The timeout is not a number of minutes: ${minutes}`,
		'Correct "Timeout".',
	);
}
