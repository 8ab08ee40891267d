import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

/** What an agent's model gives for an argument that it has nothing for. */
const NOTHING = ['={{ "" }}', '={{ null }}', '={{ undefined }}', '={{ $json.missing }}'];

const asTool = async (parameters: INodeParameters, isTool = true) =>
	await runTruto({ simulator: truto(), isTool, parameters });

/** Each with all its optional arguments, all of them nothing. */
const OPERATIONS: Array<[string, (nothing: string) => INodeParameters]> = [
	[
		'Get Many of runs',
		(nothing) => ({
			operation: 'getAll',
			limit: nothing,
			filters: {
				createdAfter: nothing,
				createdBefore: nothing,
				integratedAccountId: byId(nothing),
				status: nothing,
				syncJobId: byId(nothing),
			},
			options: { sort: nothing },
		}),
	],
	[
		'Get Many of sync jobs',
		(nothing) => ({
			resource: 'syncJob',
			operation: 'getAll',
			filters: { integrationName: nothing },
		}),
	],
	[
		'Get Many of accounts',
		(nothing) => ({
			resource: 'integratedAccount',
			operation: 'getAll',
			filters: {
				integrationName: nothing,
				sandbox: nothing,
				attention: nothing,
				status: nothing,
				tenantId: nothing,
			},
		}),
	],
	[
		'Get Many of schedules',
		(nothing) => ({
			resource: 'schedule',
			operation: 'getAll',
			filters: { integratedAccountId: byId(nothing), syncJobId: byId(nothing) },
			options: { includeLastRun: nothing },
		}),
	],
	[
		'Get Many of a state',
		(nothing) => ({
			resource: 'syncJobState',
			operation: 'getAll',
			stateKey: ACCOUNTS.jira,
			syncJobId: byId(nothing),
			limit: nothing,
		}),
	],
	[
		'Get of a run',
		(nothing) => ({
			operation: 'get',
			syncJobRunId: byId(RUNS.completed),
			splitResourceStats: nothing,
			output: nothing,
			options: { maxRetries: nothing },
		}),
	],
	[
		'Get Logs',
		(nothing) => ({
			operation: 'getLogs',
			syncJobRunId: byId(RUNS.failed),
			logType: nothing,
			options: { event: nothing, loggedAfter: nothing, loggedBefore: nothing },
		}),
	],
	[
		'Diagnose',
		(nothing) => ({
			operation: 'diagnose',
			syncJobRunId: byId(RUNS.failed),
			options: { slackBlocks: nothing, stuckAfterMinutes: nothing },
		}),
	],
	[
		'Start',
		(nothing) => ({
			operation: 'start',
			syncJobId: byId(SYNC_JOBS.hris),
			integratedAccountId: byId(ACCOUNTS.bamboohr),
			waitForCompletion: nothing,
			additionalFields: {
				daemonGroupKey: nothing,
				errorHandling: nothing,
				eventsToSend: nothing,
				force: nothing,
				resources: nothing,
				webhookId: byId(nothing),
			},
		}),
	],
];

describe('an agent that has nothing for an optional argument', () => {
	it.each(OPERATIONS)('gets the same as without it: %s', async (_, parametersFor) => {
		for (const nothing of NOTHING) {
			const { rows, error } = await asTool(parametersFor(nothing));

			expect(error).toBeUndefined();
			expect(rows.length).toBeGreaterThan(0);
		}
	});

	it('gets all runs, not none', async () => {
		const { rows } = await asTool({
			operation: 'getAll',
			returnAll: true,
			filters: { status: '={{ "" }}', createdAfter: '={{ null }}' },
		});

		expect(rows.length).toBeGreaterThan(50);
		expect(truto().requests.map(({ query }) => query)).toEqual([
			{ limit: '500', sort: '-created_at' },
		]);
	});

	it('changes only the settings that it has something for', async () => {
		const [id] = truto().store.cronTriggers.keys();

		const { error } = await asTool({
			resource: 'schedule',
			operation: 'update',
			scheduleId: byId(String(id)),
			updateFields: {
				cronExpression: '={{ "" }}',
				errorHandling: '={{ null }}',
				daemonGroupKey: 'x',
			},
		});

		expect(error).toBeUndefined();
		const [patch] = truto().requests.filter(({ method }) => method === 'PATCH');
		expect(patch?.body).toEqual({ daemon_group_key: 'x' });
	});

	it('is no person: outside of a tool, an empty filter is an error', async () => {
		const { error } = await asTool(
			{ operation: 'getAll', filters: { status: '={{ "" }}' } },
			false,
		);

		expect(error?.message).toBe("'Status' is empty [item 0]");
	});
});
