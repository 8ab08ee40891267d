import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, CRON_TRIGGERS, RUNS } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { REFRESH, schedule, SET, STOP, useChanges } from './use-changes.mts';

const { run, changes } = useChanges();

/** Of an item without an id, it can't be evaluated. */
const ID = "={{ $json.id ?? $('Nowhere').item.json.id }}";

const FIRST = CRON_TRIGGERS.sixHourly;
const updateFields = { cronExpression: '0 3 * * *' };

describe('an expression that cannot be evaluated for one of three items', () => {
	const state = { ...SET, key: ID };

	it.each<[string, INodeParameters, string, number]>([
		['stop', { ...STOP, syncJobRunId: byId(ID) }, RUNS.running, 1],
		['update', { ...schedule('update'), scheduleId: byId(ID), updateFields }, FIRST, 2],
		['activate', { ...schedule('activate'), scheduleId: byId(ID) }, FIRST, 1],
		['delete', { ...schedule('delete'), scheduleId: byId(ID) }, FIRST, 1],
		['refresh', { ...REFRESH, integratedAccountId: byId(ID) }, ACCOUNTS.hubspot, 1],
		['set', { ...state, operation: 'set', value: 'v' }, 'last_synced_at', 1],
		['delete of an entry', { ...state, operation: 'delete' }, 'last_synced_at', 1],
	])('fails the node, which says what was done: %s', async (_, parameters, id, count) => {
		const { error } = await run(parameters, [{ id }, {}, { id: 'never reached' }]);

		expect(error?.message).toBe("Referenced node doesn't exist [item 1]");
		expect(error?.description).toMatch(new RegExp(`was \\w+: ${id}.* \\(item 0\\)\\.`));
		expect(changes()).toHaveLength(count);
	});

	it('lets the node fail without the wait for later batches', async () => {
		const parameters = {
			...schedule('delete'),
			scheduleId: byId(ID),
			requestOptions: { batching: { batch: { batchSize: 2, batchInterval: 60_000 } } },
		};
		const items = [{ id: FIRST }, {}, { id: CRON_TRIGGERS.nightly }];
		const begin = Date.now();

		const { error } = await run(parameters, items);

		expect(error?.message).toBe("Referenced node doesn't exist [item 1]");
		expect(changes()).toHaveLength(1);
		expect(Date.now() - begin).toBeLessThan(20_000);
	});

	it('is an error item if the node goes on', async () => {
		const parameters = { ...schedule('delete'), scheduleId: byId(ID) };
		const items = [{ id: FIRST }, {}, { id: CRON_TRIGGERS.nightly }];

		const { rows, error } = await run(parameters, items, { onError: 'continueRegularOutput' });

		expect(error).toBeUndefined();
		expect(rows).toHaveLength(3);
		expect(rows[0]).toMatchObject({ deleted: true });
		expect(rows[1]?.error).toBe("Referenced node doesn't exist [item 1]");
		expect(rows[2]).toMatchObject({ deleted: true });
	});
});
