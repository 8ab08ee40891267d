import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, FAULTS, SYNC_JOBS } from '../simulator/index.mts';
import { TriggerNode } from './n8n/trigger-node.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { truto, activate } = useTrigger();
const COMPLETED = 'sync_job_run:completed';
const RUN = { id: 'r1', sync_job_id: SYNC_JOBS.crm, integrated_account_id: ACCOUNTS.hubspot };

describe('rare cases that must not lose an event', () => {
	it.each([{ __rl: true, mode: 'list', value: '' }, '', '={{ undefined }}', '={{ null }}'])(
		'a filter that is added, but has no value, rules out nothing: %j',
		async (value) => {
			const filters = { syncJobId: value, integratedAccountId: value };
			const { server, deliver } = await activate({ filters });
			expect(answersTo(await deliver(COMPLETED, RUN))).toEqual([200]);
			expect([server.errors, server.failed]).toEqual([[], []]);
			expect(server.executions).toHaveLength(1);
		},
	);

	it.each([
		['plain text', SYNC_JOBS.crm, true],
		['another letter case', SYNC_JOBS.crm.toUpperCase(), true],
		['an expression', `={{ "${SYNC_JOBS.crm}" }}`, true],
		['a locator in another letter case', { mode: 'id', value: SYNC_JOBS.crm.toUpperCase() }, true],
		['plain text of another', SYNC_JOBS.hris, false],
	])('a filter may be %s', async (_, value, passes) => {
		const { server, deliver } = await activate({ filters: { syncJobId: value } });
		await deliver(COMPLETED, RUN);
		expect(server.executions).toHaveLength(passes ? 1 : 0);
	});

	it.each(['two words', 'null'])(
		'a filter that can’t be used fails the activation: %s',
		async (text) => {
			await expect(activate({ filters: { syncJobId: text } })).rejects.toThrow(
				`This is not the ID of a sync job: ${text}. Use the sync job's ID`,
			);
		},
	);

	it('a filter that later can’t be used fails the execution, so that people see it', async () => {
		const { server, deliver } = await activate();
		server.trigger.test.parameters = { filters: { syncJobId: 'two words' } };

		expect(answersTo(await deliver(COMPLETED, RUN))).toEqual([200]);

		expect(server.failed.map(({ error }) => error?.message)).toEqual([
			'This is not the ID of a sync job: two words',
		]);
		expect([server.executions, server.errors]).toEqual([[], []]);
	});

	it.each(['sync_job_run:completed,sync_job_run:failed', '["sync_job_run:completed"]', COMPLETED])(
		'the events may come from an expression as %s',
		async (events) => {
			const { server, deliver } = await activate({ events });
			const [webhook] = truto().store.webhooks.values();
			expect(webhook?.event_types[0]).toBe(COMPLETED);
			await deliver(COMPLETED, RUN);
			expect(server.executions).toHaveLength(1);
		},
	);

	it('an event that Truto does not have fails the activation', async () => {
		await expect(activate({ events: ['sync_job_run:ended'] })).rejects.toThrow(
			/'Trigger On' is not valid: sync_job_run:ended/,
		);
	});

	it('nothing is left behind if a gateway lost the answer (504)', async () => {
		const trigger = new TriggerNode({ simulator: truto() });
		truto().faults.forPath('POST /webhook', [
			{ kind: 'delayHeaders', ms: 3_000 },
			FAULTS.gatewayTimeout,
		]);
		truto().store.addWebhook({ target_url: 'https://example.com/other' });
		const created = trigger.call('create');
		// Truto makes the webhook behind the gateway, which gives up.
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		truto().store.addWebhook({ target_url: trigger.url });
		await expect(created).rejects.toThrow('(504)');
		const left = [...truto().store.webhooks.values()].map(({ target_url }) => target_url);
		expect(left).toEqual(['https://example.com/other']);
	});
});
