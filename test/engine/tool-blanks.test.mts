import { describe, expect, it } from '@jest/globals';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { Truto } from '../../nodes/Truto/Truto.node';
import { ACCOUNTS, CRON_TRIGGERS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { CURSOR } from './use-sync-job-states.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

/** What an agent's model gives for an argument that it has nothing for. */
const NOTHING = ['={{ "" }}', '={{ null }}', '={{ undefined }}', '={{ $json.missing }}'];

const asTool = async (parameters: INodeParameters, isTool = true) =>
	await runTruto({ simulator: truto(), isTool, parameters });

/** What an operation can't do without; by resource and operation. */
const NEEDED: Record<string, INodeParameters> = {
	'syncJobRun get': { syncJobRunId: byId(RUNS.completed) },
	'syncJobRun getProgress': { syncJobRunId: byId(RUNS.running) },
	'syncJobRun diagnose': { syncJobRunId: byId(RUNS.failed) },
	'syncJobRun getLogs': { syncJobRunId: byId(RUNS.failed) },
	'syncJobRun wait': { syncJobRunId: byId(RUNS.completed) },
	'syncJobRun stop': { syncJobRunId: byId(RUNS.running) },
	'syncJobRun start': {
		syncJobId: byId(SYNC_JOBS.hris),
		integratedAccountId: byId(ACCOUNTS.bamboohr),
	},
	'syncJob get': { syncJobId: byId(SYNC_JOBS.crm) },
	'integratedAccount get': { integratedAccountId: byId(ACCOUNTS.hubspot) },
	'integratedAccount refreshCredentials': { integratedAccountId: byId(ACCOUNTS.hubspot) },
	'schedule get': { scheduleId: byId(CRON_TRIGGERS.sixHourly) },
	'schedule activate': { scheduleId: byId(CRON_TRIGGERS.sixHourly) },
	'schedule delete': { scheduleId: byId(CRON_TRIGGERS.sixHourly) },
	'schedule create': {
		syncJobId: byId(SYNC_JOBS.hris),
		integratedAccountId: byId(ACCOUNTS.bamboohr),
		cronExpression: '0 3 * * *',
	},
	'schedule update': { scheduleId: byId(CRON_TRIGGERS.sixHourly) },
	'syncJobState get': { ...CURSOR },
	'syncJobState getAll': { specifyState: 'stateKey', stateKey: ACCOUNTS.jira },
	'syncJobState set': { ...CURSOR, date: '2026-01-31T00:00:00Z' },
	'syncJobState delete': { ...CURSOR },
};

/** Update must change something; what it says without is tested below. */
const LEFT_OUT: Record<string, string[]> = { 'schedule update': ['updateFields'] };

const { properties } = new Truto().description;

const OPERATIONS = properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options = [] }) =>
		options.flatMap((option) =>
			'value' in option
				? [[String(displayOptions?.show?.resource?.[0]), String(option.value)] as const]
				: [],
		),
	);

/** All parameters of an operation, those that it can do without all nothing. */
function withNothing(resource: string, operation: string, nothing: string): INodeParameters {
	const name = `${resource} ${operation}`;
	const shown = properties.filter(
		({ displayOptions: { show } = {} }) =>
			show?.resource?.includes(resource) && show.operation?.includes(operation),
	);
	const optional = shown.filter((property) => !LEFT_OUT[name]?.includes(property.name));
	return {
		...Object.fromEntries(optional.map((property) => [property.name, empty(property, nothing)])),
		...NEEDED[name],
		resource,
		operation,
	};
}

function empty(property: INodeProperties, nothing: string): INodeParameters[string] {
	switch (property.type) {
		case 'resourceLocator':
			return byId(nothing);
		case 'resourceMapper':
			return { mappingMode: 'defineBelow', value: null };
		case 'collection':
			return Object.fromEntries(
				(property.options as INodeProperties[]).map((entry) => [entry.name, empty(entry, nothing)]),
			);
		default:
			return nothing;
	}
}

describe('an agent that has nothing for an optional argument', () => {
	it('can use every operation', () => {
		expect(OPERATIONS.length).toBeGreaterThanOrEqual(23);
		expect(OPERATIONS.map((names) => names.join(' '))).toEqual(
			expect.arrayContaining(Object.keys(NEEDED)),
		);
	});

	it.each(OPERATIONS.flatMap((names) => NOTHING.map((nothing) => [...names, nothing] as const)))(
		'gets an answer: %s, %s with %s',
		async (resource, operation, nothing) => {
			const parameters = withNothing(resource, operation, nothing);
			const isUpdate = LEFT_OUT[`${resource} ${operation}`] !== undefined;

			const { rows, error } = await asTool(
				isUpdate ? { ...parameters, updateFields: { daemonGroupKey: 'x' } } : parameters,
			);

			expect(error).toBeUndefined();
			expect(rows.length).toBeGreaterThan(0);
		},
	);

	it('gets all runs, not none', async () => {
		const { rows } = await asTool({
			operation: 'getAll',
			returnAll: true,
			filters: { status: '={{ "" }}', createdAfter: '={{ null }}' },
		});

		expect(rows.length).toBeGreaterThan(50);
		const lists = truto().requests.filter(({ path }) => path === '/sync-job-run');
		expect(lists.map(({ query }) => query)).toEqual([{ limit: '500', sort: '-created_at' }]);
	});

	it('starts a run without settings', async () => {
		await asTool(withNothing('syncJobRun', 'start', '={{ null }}'));

		const [post] = truto().requests.filter(({ method }) => method === 'POST');
		expect(post?.body).toEqual({
			sync_job_id: SYNC_JOBS.hris,
			integrated_account_id: ACCOUNTS.bamboohr,
			status: 'created',
			args: {},
		});
	});

	it('changes only the settings that it has something for', async () => {
		const { error } = await asTool({
			resource: 'schedule',
			operation: 'update',
			scheduleId: byId(CRON_TRIGGERS.sixHourly),
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
