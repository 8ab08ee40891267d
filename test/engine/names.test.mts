import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import {
	ACCOUNTS,
	FAULTS,
	RUNS,
	SYNC_JOBS,
	tooManyRequests,
	UNLIKELY_DIALECT,
} from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const run = async (parameters: INodeParameters, test: Partial<TrutoTest> = {}) =>
	await runTruto({ simulator: truto(), parameters: { simplify: true, ...parameters }, ...test });

/** How many requests went to each collection, without those for the operation itself. */
const lookUps = () => {
	const paths = truto().requests.map(({ path }) => path.split('/')[1] ?? '');
	return ['integrated-account', 'sync-job'].map(
		(name) => paths.filter((path) => path === name).length,
	);
};

const namesOf = ({ tenant_id, sync_job_label, integration_name }: IDataObject = {}) => [
	tenant_id,
	sync_job_label,
	integration_name,
];

const NAMES = ['northwind-traders', 'Pipedrive to warehouse', 'pipedrive'];
const NONE = [null, null, 'pipedrive'];
const OF_RUN = { syncJobRunId: byId(RUNS.v4Completed) };
const ON = { options: { includeNames: true } };
const OFF = { options: { includeNames: false } };

describe('Names', () => {
	it.each<[string, INodeParameters, unknown[], number[]]>([
		['Get', { operation: 'get', ...OF_RUN }, NONE, [0, 0]],
		['Get with Include Names', { operation: 'get', ...OF_RUN, ...ON }, NAMES, [1, 1]],
		['Get, split', { operation: 'get', ...OF_RUN, ...ON, splitResourceStats: true }, NAMES, [1, 1]],
		['Get Progress', { operation: 'getProgress', ...OF_RUN }, NONE, [0, 0]],
		['Get Progress with names', { operation: 'getProgress', ...OF_RUN, ...ON }, NAMES, [1, 1]],
		['Wait for Completion', { operation: 'wait', ...OF_RUN }, NAMES, [1, 1]],
		['Wait for Completion without', { operation: 'wait', ...OF_RUN, ...OFF }, NONE, [0, 0]],
		['Diagnose', { operation: 'diagnose', ...OF_RUN }, NAMES, [1, 1]],
		['Diagnose without', { operation: 'diagnose', ...OF_RUN, ...OFF }, NONE, [0, 0]],
		['Get Logs', { operation: 'getLogs', ...OF_RUN }, NAMES, [1, 1]],
		['Get Logs without', { operation: 'getLogs', ...OF_RUN, ...OFF }, NONE, [0, 0]],
		[
			'Get Many',
			{ operation: 'getAll', filters: { syncJobId: byId(SYNC_JOBS.v4Crm), status: ['completed'] } },
			NAMES,
			[1, 1],
		],
	])('of %s', async (_, parameters, names, requests) => {
		const { rows, error } = await run(parameters);

		expect(error).toBeUndefined();
		const row = rows.find(({ sync_job_run_id: id }) => id === RUNS.v4Completed);
		expect(namesOf(row)).toEqual(names);
		expect(lookUps()).toEqual(requests);
	});

	it('come with a run that was started, once it has ended', async () => {
		const { rows } = await run({
			operation: 'start',
			syncJobId: byId(SYNC_JOBS.hris),
			integratedAccountId: byId(ACCOUNTS.bamboohr),
			waitForCompletion: true,
			timeout: 0.001,
			onTimeout: 'returnRun',
		});

		expect(namesOf(rows[0])).toEqual(['globex-7', null, 'bamboohr']);
	});

	it.each([
		[
			'as is usual',
			{},
			'Cause: Mapping. Customer: northwind-traders. Sync job: Pipedrive to warehouse. ',
		],
		['not without Include Names', OFF, 'Cause: Mapping. Fix the mapping'],
	])('come with the error of a run that failed, %s', async (_, options, description) => {
		const { error } = await run({
			...{ operation: 'wait', syncJobRunId: byId(RUNS.v4FailedMapping) },
			...options,
		});

		expect(error?.description?.slice(0, description.length)).toBe(description);
	});

	it('come with schedules', async () => {
		const { rows, error } = await run({ resource: 'schedule', operation: 'getAll' });

		expect(error).toBeUndefined();
		const row = rows.find(({ integrated_account_id: id }) => id === ACCOUNTS.pipedrive);
		expect(namesOf(row)).toEqual(NAMES);
	});

	it('are not looked up for what Truto sends as it is', async () => {
		await run({ operation: 'getAll', simplify: false });

		expect(lookUps()).toEqual([0, 0]);
	});

	it('are not looked up where the answer holds them', async () => {
		truto().speak({ nestedLabel: 'given' });

		const { rows } = await run({ operation: 'get', ...OF_RUN, ...ON });

		expect(namesOf(rows[0])).toEqual(NAMES);
		expect(lookUps()).toEqual([1, 0]);
	});

	it('are found where every doubt about Truto is in its unlikely form', async () => {
		truto().speak(UNLIKELY_DIALECT);

		const { rows, error } = await run({ operation: 'getAll', returnAll: true });

		expect(error).toBeUndefined();
		const row = rows.find(({ sync_job_run_id: id }) => id === RUNS.v4Completed);
		expect(namesOf(row)).toEqual(NAMES);
	});

	it('always come to an agent', async () => {
		const { rows, error } = await run(
			{ operation: 'get', ...OF_RUN, output: 'simplified' },
			{ isTool: true },
		);

		expect(error).toBeUndefined();
		expect(JSON.stringify(rows)).toContain('northwind-traders');
	});
});

describe('Look-ups', () => {
	it.each(['get', 'diagnose'])('are shared by all items: %s', async (operation) => {
		const { rows } = await run(
			{ operation, syncJobRunId: byId(RUNS.v4Completed), ...ON },
			{ items: Array.from({ length: 20 }, () => ({})) },
		);

		expect(rows.map(namesOf)).toEqual(Array.from({ length: 20 }, () => NAMES));
		expect(lookUps()).toEqual([1, 1]);
	});

	it('of 200 customers cost a page of each list', async () => {
		const { store } = truto();
		const accounts = Array.from({ length: 200 }, (_, index) =>
			store.addIntegratedAccount({ tenant_id: `customer-${index}` }),
		);
		const runs = accounts.map(({ id }) =>
			store.addRun({ sync_job_id: SYNC_JOBS.ticketing, integrated_account_id: id }),
		);

		const { rows } = await run({ operation: 'getAll', limit: 200 });

		expect(rows.map(({ tenant_id: tenant }) => tenant).sort()).toEqual(
			runs.map((_, index) => `customer-${index}`).sort(),
		);
		expect(lookUps()).toEqual([1, 1]);
	});

	it.each([
		['integrated-account', 0, 'tenant_id', 'integrated accounts'],
		['sync-job', 1, 'sync_job_label', 'sync jobs'],
	])('that are refused leave null and a hint: %s', async (path, column, name, plural) => {
		truto().faults.forPath(new RegExp(`/${path}(/|$)`), FAULTS.forbidden);

		const { rows, error, execution } = await run({ operation: 'getAll', limit: 100 });

		expect(error).toBeUndefined();
		expect(rows.length).toBeGreaterThan(30);
		expect(new Set(rows.map((row) => namesOf(row)[column]))).toEqual(new Set([null]));
		const [task] = execution.run.data.resultData.runData.Truto ?? [];
		expect(task?.hints).toEqual([
			{
				message: expect.stringMatching(
					`^The column ${name} may be empty, because ${plural} could not be read\\. .+\\(403\\)`,
				),
				location: 'outputPane',
				type: 'warning',
			},
		]);
	});

	it.each(['get', 'diagnose', 'wait', 'getLogs'])(
		'are made when n8n tries again, although the first try has ended: %s',
		async (operation) => {
			truto().faults.forPath(`/sync-job-run/${RUNS.failed}`, FAULTS.notFound, 1);

			const { rows, error } = await run(
				{ operation, syncJobRunId: byId('={{ $json.id }}'), ...ON, failOnFailedRun: false },
				{
					items: [{ id: RUNS.v4Completed }, { id: RUNS.failed }],
					settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
				},
			);

			expect(error).toBeUndefined();
			expect(namesOf(rows[0])).toEqual(NAMES);
		},
	);

	it('that are refused give the hint of the try whose rows people see', async () => {
		truto().faults.forPath('/integrated-account', FAULTS.forbidden);
		const late = { kind: 'delayHeaders', ms: 300 } as const;
		truto().faults.forPath(`/sync-job-run/${RUNS.failed}`, [late, FAULTS.notFound], 1);

		const { error, execution } = await run(
			{ operation: 'getLogs', syncJobRunId: byId('={{ $json.id }}') },
			{
				items: [{ id: RUNS.v4Completed }, { id: RUNS.failed }],
				settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
			},
		);

		expect(error).toBeUndefined();
		const [task] = execution.run.data.resultData.runData.Truto ?? [];
		expect(task?.hints).toHaveLength(1);
	});

	it.each([
		['get', tooManyRequests(3600)],
		['wait', FAULTS.unauthorized],
		['diagnose', tooManyRequests(3600)],
		['getLogs', FAULTS.unauthorized],
	] as const)('after which nothing else can succeed leave null: %s', async (operation, fault) => {
		truto().faults.forPath('/integrated-account', fault);

		const { rows, error } = await run({ operation, ...OF_RUN, ...ON });

		expect(error).toBeUndefined();
		expect(rows[0]).toMatchObject({ sync_job_run_id: RUNS.v4Completed, tenant_id: null });
	});
});
