import type { RunListener } from './progress.mts';
import type { WebhookSender } from './webhook-sender.mts';

/** Turns what happens to runs into webhook events. */
export function runEventsTo(webhooks: WebhookSender): RunListener {
	return (name, run, at, payload) => {
		const event = `sync_job_run:${name}`;
		const wanted = run.events_to_send;
		if (Array.isArray(wanted) && wanted.length > 0 && !wanted.includes(event)) return;
		// A run started with a webhook sends its records there, and to nobody else.
		const ownWebhook = name.startsWith('record') ? run.webhook_id : null;
		const targets = webhooks
			.subscribers(event, run.environment_id)
			.filter(({ id }) => ownWebhook === null || id === ownWebhook);
		for (const { id } of targets) {
			void webhooks.deliver(event, payload ? payload() : run, {
				webhookId: id,
				createdAt: new Date(at).toISOString(),
			});
		}
	};
}
