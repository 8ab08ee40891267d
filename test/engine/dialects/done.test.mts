import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, CRON_TRIGGERS, formsOf, RUNS, SYNC_JOBS } from '../../simulator/index.mts';
import { byId, runTruto } from '../harness.mts';
import { useSimulator } from '../use-simulator.mts';

const truto = useSimulator();

const OPERATIONS = [
	{ resource: 'schedule', operation: 'activate', scheduleId: byId(CRON_TRIGGERS.unscheduled) },
	{ resource: 'schedule', operation: 'delete', scheduleId: byId(CRON_TRIGGERS.nightly) },
	{
		resource: 'syncJobState',
		operation: 'delete',
		specifyState: 'stateKey',
		stateKey: ACCOUNTS.jira,
		key: 'last_synced_at',
	},
	{
		resource: 'integratedAccount',
		operation: 'refreshCredentials',
		integratedAccountId: byId(ACCOUNTS.hubspot),
	},
];

const UPDATE = {
	resource: 'schedule',
	operation: 'update',
	scheduleId: byId(CRON_TRIGGERS.nightly),
	updateFields: { cronExpression: '0 6 * * *' },
};

const SET = {
	resource: 'syncJobState',
	operation: 'set',
	specifyState: 'stateKey',
	stateKey: ACCOUNTS.jira,
	key: 'a',
	valueType: 'text',
	value: 'b',
};

describe.each(formsOf('doneAnswer'))('D17, $name', ({ dialect }) => {
	it('is a success of every operation whose answer has nothing of interest', async () => {
		truto().speak(dialect);
		for (const parameters of OPERATIONS) {
			const { rows, error } = await runTruto({ simulator: truto(), parameters });

			expect(error).toBeUndefined();
			expect(rows).toHaveLength(1);
		}
		expect(truto().requests.filter(({ method }) => method !== 'GET')).toHaveLength(4);
	});
});

it.each(['', 'OK', '<html></html>', '[1]', '{"a":'])(
	'a 200 with the body "%s" means that a change was made',
	async (body) => {
		truto().faults.forPath(/^(PATCH|POST) /, { kind: 'status', status: 200, body });
		const [schedule, state] = [
			await runTruto({ simulator: truto(), parameters: UPDATE }),
			await runTruto({ simulator: truto(), parameters: SET }),
		];

		expect(schedule.rows).toMatchObject([{ activated: true, cron_expression: '0 6 * * *' }]);
		expect(state.rows).toMatchObject([{ key: 'a', value: 'b', updated_at: null }]);
	},
);

const CHANGES = [
	...OPERATIONS,
	{ resource: 'syncJobRun', operation: 'stop', syncJobRunId: byId(RUNS.running) },
	{
		resource: 'syncJobRun',
		operation: 'start',
		syncJobId: byId(SYNC_JOBS.hris),
		integratedAccountId: byId(ACCOUNTS.bamboohr),
	},
	{
		resource: 'schedule',
		operation: 'create',
		syncJobId: byId(SYNC_JOBS.hris),
		integratedAccountId: byId(ACCOUNTS.bamboohr),
		cronExpression: '0 6 * * *',
	},
	UPDATE,
	SET,
];

it.each(CHANGES.map((change) => [change.resource, change.operation, change] as const))(
	'a 200 that says "success": false is an error, with its reason: %s %s',
	async (_, __, parameters) => {
		truto().faults.forPath(/^(DELETE|PATCH|POST) /, {
			kind: 'status',
			status: 200,
			body: { success: false, message: 'It is locked' },
		});

		const { rows, error } = await runTruto({ simulator: truto(), parameters });

		expect(rows).toEqual([]);
		expect(error?.message).toMatch(
			/^Truto reported that this did not work: |could not be refreshed/,
		);
		expect(error?.description).toContain('Truto said: It is locked.');
		expect(truto().requests.filter(({ method }) => method !== 'GET')).toHaveLength(1);
	},
);
