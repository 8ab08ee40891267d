import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import {
	ABOUT_ITEMS,
	ABOUT_TIMES,
	FOR_PARAMETERS,
	LONG,
	PARTIAL,
	STATE_OF_SUNDAY,
	THIRTY_DAYS_AGO,
} from './page-cases.mts';
import { useSimulator } from './use-simulator.mts';

const FOLDER = 'docs/operations';

const truto = useSimulator();

beforeEach(() => {
	const { store } = truto();
	const resourceStats = { 'crm/contacts': { list: { fetched: 120, persisted: 117 } } };
	store.addRun({ id: PARTIAL, status: 'completed', resource_stats: resourceStats });
	const threeHoursAgo = new Date(Date.now() - 3 * 3_600_000).toISOString();
	store.addRun({
		id: LONG,
		status: 'running',
		created_at: threeHoursAgo,
		started_at: threeHoursAgo,
		updated_at: new Date().toISOString(),
	});
});

/** The lines with expressions in a page's examples. */
function examplesIn(file: string): string[] {
	const blocks = readFileSync(join(FOLDER, file), 'utf8').matchAll(/```text\n([^`]+)```/g);
	const lines = [...blocks].flatMap(([, block = '']) => block.trim().split('\n'));
	return lines.filter((line) => line.includes('{{ '));
}

async function valueOf(expression: string, parameters: INodeParameters): Promise<unknown> {
	const { after, error } = await runTruto({
		simulator: truto(),
		parameters,
		after: { value: `=${expression}` },
		timezone: 'Europe/Berlin',
	});
	expect(error).toBeUndefined();
	const [first]: IDataObject[] = after[0] ?? [];
	return first?.value;
}

describe("the pages' example expressions", () => {
	it('are the ones that are tested here', () => {
		const written = readdirSync(FOLDER).flatMap((file) =>
			examplesIn(file).map((line) => `${file.replace('.md', '')}: ${line}`),
		);
		const tested = [...ABOUT_ITEMS, ...ABOUT_TIMES].map(([page, line]) => `${page}: ${line}`);
		expect(written.sort()).toEqual([...tested, ...FOR_PARAMETERS].sort());
	});

	it.each(ABOUT_ITEMS)('%s: %s', async (_, expression, parameters, value) => {
		expect(await valueOf(expression, parameters)).toEqual(value);
	});

	describe('about times', () => {
		beforeEach(() => {
			jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-03-30T10:00:00.000Z'));
		});
		afterEach(() => {
			jest.restoreAllMocks();
		});

		it.each(ABOUT_TIMES)('%s: %s', async (_, expression, parameters, value) => {
			expect(await valueOf(expression, parameters)).toEqual(value);
		});

		it('set a state back', async () => {
			const { rows } = await runTruto({
				simulator: truto(),
				parameters: { ...STATE_OF_SUNDAY, valueType: 'date', date: `=${THIRTY_DAYS_AGO}` },
				timezone: 'Europe/Berlin',
			});

			expect(rows).toMatchObject([{ value: '2026-02-28T11:00:00.000Z' }]);
		});
	});

	it('give a schedule its hour', async () => {
		const { error } = await runTruto({
			simulator: truto(),
			parameters: {
				resource: 'schedule',
				operation: 'create',
				syncJobId: byId(SYNC_JOBS.hris),
				integratedAccountId: byId(ACCOUNTS.bamboohr),
				cronExpression: '=0 {{ $json.hour }} * * *',
			},
			items: [{ hour: 5 }],
		});
		expect(error).toBeUndefined();
		const created = truto().requests.find(({ method }) => method === 'POST');
		expect(created?.body).toMatchObject({ cron_expression: '0 5 * * *' });
	});
});
