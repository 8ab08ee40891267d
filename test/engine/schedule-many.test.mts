import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, CRON_TRIGGERS, SYNC_JOBS, UNLIKELY_DIALECT } from '../simulator/index.mts';
import { byId } from './harness.mts';
import { useSchedules } from './use-schedules.mts';

const { truto, getMany, paths } = useSchedules();

const ALL = [CRON_TRIGGERS.sixHourly, CRON_TRIGGERS.nightly, CRON_TRIGGERS.unscheduled];

describe('Get Many Schedules', () => {
	it.each([
		['the likely forms', {}],
		['every unlikely form', UNLIKELY_DIALECT],
	])('gives all that the token sees, when Truto speaks %s', async (_, dialect) => {
		truto().speak(dialect);

		const { rows, error } = await getMany();

		expect(error).toBeUndefined();
		expect(rows.map(({ id }) => id).sort()).toEqual([...ALL].sort());
		expect(rows.every(({ runs }) => typeof runs === 'string')).toBe(true);
	});

	it.each<[string, INodeParameters, string[]]>([
		['account', { integratedAccountId: byId(ACCOUNTS.jira) }, [CRON_TRIGGERS.nightly]],
		[
			'sync job, which Truto may refuse as a filter',
			{ syncJobId: byId(SYNC_JOBS.v4Crm) },
			[CRON_TRIGGERS.sixHourly],
		],
		['both', { integratedAccountId: byId(ACCOUNTS.jira), syncJobId: byId(SYNC_JOBS.v4Crm) }, []],
	])('filters by %s', async (_, filters, ids) => {
		const { rows, error } = await getMany({ filters });

		expect(error).toBeUndefined();
		expect(rows.map(({ id }) => id)).toEqual(ids);
	});

	it('is an error if an added filter got nothing', async () => {
		const { error } = await getMany({ filters: { syncJobId: byId('={{ "" }}') } });

		expect(error?.message).toBe("'Sync Job' is empty [item 0]");
		expect(paths()).toEqual([]);
	});

	it('keeps to its limit', async () => {
		const { rows } = await getMany({ returnAll: false, limit: 2 });

		expect(rows).toHaveLength(2);
		expect(truto().requests.map(({ query }) => query.limit)).toEqual(['2']);
	});
});
