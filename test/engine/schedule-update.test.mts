import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CRON_TRIGGERS, FAULTS, SYNC_JOBS } from '../simulator/index.mts';
import { ACTIVATE, of, ONE, useSchedules } from './use-schedules.mts';

const { truto, run, requests, bodies } = useSchedules();

describe('Update', () => {
	const update = async (fields: IDataObject, id: string = CRON_TRIGGERS.sixHourly) =>
		await run(of(id, 'update', { updateFields: fields as INodeParameters }));

	it('activates again after a change of the expression, and says so', async () => {
		const { rows, error } = await update({ cronExpression: '0 6 * * 1-5' });

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([
			{
				activated: true,
				runs: 'every weekday at 06:00 UTC',
				id: CRON_TRIGGERS.sixHourly,
				sync_job_id: SYNC_JOBS.v4Crm,
			},
		]);
		expect(requests()).toEqual([`PATCH ${ONE}`, `POST ${ONE}/schedule`]);
		expect(bodies()).toEqual([{ cron_expression: '0 6 * * 1-5' }]);
		expect(truto().store.cronTriggers.get(CRON_TRIGGERS.sixHourly)).toMatchObject({
			cron_expression: '0 6 * * 1-5',
			is_scheduled: true,
		});
	});

	it('leaves the activation alone if the expression stays', async () => {
		const { rows } = await update({ errorHandling: 'fail_fast', meta: { owner: 'ops' } });

		expect(rows).toMatchObject([{ activated: false, error_handling: 'fail_fast' }]);
		expect(requests()).toEqual([`PATCH ${ONE}`]);
		expect(bodies()).toEqual([{ error_handling: 'fail_fast', meta: { owner: 'ops' } }]);
	});

	it('says what was done if it could not be activated', async () => {
		truto().faults.forPath(ACTIVATE, FAULTS.forbidden, 1);

		const { error } = await update({ cronExpression: '0 6 * * *' });

		expect(error?.message).toMatch(
			/^Schedule \S+ was changed, but could not be activated: The API token isn't allowed to do this \(403\)/,
		);
		expect(error?.description).toMatch(
			/^Until you activate it, Truto does not run it as it is now\. Activate it with the operation 'Activate'\. \S/,
		);
		expect(truto().store.cronTriggers.get(CRON_TRIGGERS.sixHourly)?.cron_expression).toBe(
			'0 6 * * *',
		);
	});

	it.each<[string, IDataObject, RegExp]>([
		['nothing', {}, /^There is nothing to update/],
		['a setting that is to be taken back', { errorHandling: '' }, /^'Error Handling' is empty/],
		[
			'no events, next to a change',
			{ eventsToSend: [], meta: { a: 1 } },
			/^'Events to Send' is empty/,
		],
		['no daemon group', { daemonGroupKey: ' ' }, /^'Daemon Group Key' is empty/],
		['no webhook', { webhookId: { __rl: true, mode: 'list', value: '' } }, /^'Webhook' is empty/],
		['no expression', { cronExpression: 'daily' }, /does not have five fields: daily/],
		['an empty expression', { cronExpression: '' }, /^'Cron Expression \(UTC\)' is empty/],
	])('is refused before anything is changed: %s', async (_, fields, message) => {
		const { error } = await update(fields);

		expect(error?.message).toMatch(message);
		expect(requests()).toEqual([]);
	});

	it('says what to add if an expression returns nothing', async () => {
		const { error } = await update({});

		expect(error?.description).toBe(
			"Add what to change under 'Update Fields'. An expression may have returned nothing for this item.",
		);
	});

	it('says nothing of an activation if Truto has refused the change', async () => {
		truto().faults.forPath(`PATCH ${ONE}`, FAULTS.forbidden, 1);

		const { error } = await update({ cronExpression: '0 6 * * *' });

		expect(error?.message).toMatch(/^The API token isn't allowed to do this \(403\)/);
		expect(error?.description).not.toMatch(/activ/);
	});

	it('is not sent again: Truto may have changed it', async () => {
		truto().faults.forPath(`PATCH ${ONE}`, FAULTS.gatewayTimeout);

		const { error } = await update({ cronExpression: '0 6 * * *' });

		expect(error?.description).toMatch(/^Truto may have done it anyway/);
		expect(error?.description).toContain('it is not active yet');
		expect(requests()).toHaveLength(1);
	});
});
