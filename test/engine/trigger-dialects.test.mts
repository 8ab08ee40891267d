import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, formsOf, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { TriggerNode } from './n8n/trigger-node.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { truto, activate } = useTrigger();

const COMPLETED = 'sync_job_run:completed';

/** Every setting that has to do with events; `formSignature` counts for forms only. */
const FORMS = [
	...formsOf('eventName', 'deliveryBody', 'signature', 'times', 'statsKey', 'runAccount'),
	...formsOf('nestedSyncJob', 'nestedLabel'),
	...(['form', 'urlencoded'] as const).map((deliveryBody) => ({
		name: `${deliveryBody}, signed as JSON`,
		dialect: { deliveryBody, formSignature: 'json' } as const,
	})),
];

describe('an event', () => {
	it.each(FORMS)('starts the workflow, and a forged one does not: $name', async ({ dialect }) => {
		truto().speak(dialect);
		const { server, deliver } = await activate();
		const run = truto().store.runs.get(RUNS.completed);

		const forged = await deliver(COMPLETED, run, { id: 'forged', forge: true });
		const genuine = await deliver(COMPLETED, run, { id: 'event-1' });
		const repeated = await deliver(COMPLETED, run, { id: 'event-1' });

		// A form that can't be verified stops no sync; nothing else may get 200.
		expect(answersTo(forged)).toEqual([dialect.deliveryBody === 'form' ? 200 : 401]);
		expect(answersTo([...genuine, ...repeated])).toEqual([200, 200]);
		expect(server.executions).toMatchObject([
			[
				{
					event: COMPLETED,
					event_id: 'event-1',
					status: 'completed',
					sync_job_run_id: RUNS.completed,
					sync_job_id: SYNC_JOBS.crm,
					integrated_account_id: ACCOUNTS.hubspot,
					event_created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
				},
			],
		]);
	});

	it.each(formsOf('times'))('is refused when it is old: $name', async ({ dialect }) => {
		truto().speak(dialect);
		const { server, deliver } = await activate();
		const createdAt = new Date(Date.now() - 360_000).toISOString();
		expect(answersTo(await deliver(COMPLETED, {}, { createdAt }))).toEqual([401]);
		expect(server.executions).toEqual([]);
	});

	it('in a form of which one field is signed is read from that field', async () => {
		const { server } = await activate();
		const event = { id: 'e1', event: COMPLETED, payload: { id: 'r1' } };
		const form = new FormData();
		form.append('data', JSON.stringify(event));
		form.append('event', 'sync_job_run:failed');
		form.append('payload', '{"id":"forged"}');
		const { status } = await server.postForm(form, JSON.stringify(event));
		expect(status).toBe(200);
		expect(server.executions).toMatchObject([[{ event: COMPLETED, sync_job_run_id: 'r1' }]]);
	});

	it('in JSON that is labelled as a form starts the workflow', async () => {
		const { server } = await activate();
		const payload = { id: 'r1', label: 'a=b & c=d' };
		const body = JSON.stringify({ id: 'e1', event: COMPLETED, payload });
		const { status } = await server.post(body, {
			'content-type': 'application/x-www-form-urlencoded',
		});
		expect(status).toBe(200);
		expect(server.executions).toMatchObject([[{ event_id: 'e1', run: payload }]]);
	});

	it('in a form that can’t be verified starts nothing, stops no sync, and is in the log', async () => {
		const { server } = await activate();
		const lines: string[] = [];
		server.trigger.onWarning = (line) => lines.push(line);
		const form = new FormData();
		form.append('event', COMPLETED);
		const { status } = await server.postForm(form, 'something else');
		expect([status, server.executions]).toEqual([200, []]);
		expect(lines).toEqual([expect.stringContaining('received an event as a form')]);
	});
});

describe('D15: the address of a webhook, however Truto writes it', () => {
	it.each(formsOf('targetUrl'))('is found again: $name', async ({ dialect }) => {
		truto().speak(dialect);
		const trigger = new TriggerNode({
			simulator: truto(),
			webhookBaseUrl: 'https://N8N.Example.com:443/webhook',
		});
		await trigger.activate();
		const { webhookId } = trigger.memory;
		expect(await trigger.call('checkExists')).toBe(true);
		trigger.memory = {};
		await trigger.activate();
		const ids = [...truto().store.webhooks.keys()];
		expect(ids).toEqual([trigger.memory.webhookId]);
		expect(ids).not.toContain(webhookId);
		await trigger.call('delete');
		expect(truto().store.webhooks.size).toBe(0);
	});
});
