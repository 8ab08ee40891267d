import type { RunListener } from './progress.mts';
import type { Store } from './store.mts';
import { TERMINAL_STATUSES } from './types.mts';
import type { SyncJobRun } from './types.mts';
import type { Delivery, WebhookSender } from './webhook-sender.mts';

/** Sent to a run's own webhook whatever events that webhook asked for: it is where the records go. */
const OF_THE_DESTINATION = new Set(['started', 'record', 'record_error']);

/** Turns what happens to runs into webhook events. */
export function runEventsTo(webhooks: WebhookSender, store: Store): RunListener {
	return (name, run, at, payload) => {
		const event = `sync_job_run:${name}`;
		const wanted = run.events_to_send;
		if (Array.isArray(wanted) && wanted.length > 0 && !wanted.includes(event)) return;
		const own = ownWebhook(run, store);
		const createdAt = new Date(at).toISOString();
		const send = (webhookId: string) =>
			webhooks.deliver(event, payload ? payload() : run, { webhookId, createdAt });
		if (OF_THE_DESTINATION.has(name) && own !== undefined) {
			void send(own).then(([delivery]) => {
				if (delivery) endUnlessTaken(delivery, run.id, store);
			});
		}
		// Records and their errors go to the run's own webhook, and to nobody else.
		if (name === 'record' || name === 'record_error') return;
		const targets = webhooks.subscribers(event, run.environment_id);
		for (const { id } of targets) {
			if (name !== 'started' || id !== own) void send(id);
		}
	};
}

function ownWebhook({ webhook_id, args }: SyncJobRun, store: Store): string | undefined {
	// A V4 job names its destination in an argument.
	const id = webhook_id ?? args.webhook_id;
	return typeof id === 'string' && store.webhooks.get(id)?.is_active ? id : undefined;
}

// Truto goes on only after a 200, and a 400 stops the sync. Unclear: the status that this leaves. A sync of
// which the records are not taken for another reason fails here; it does not pause while retries go on.
function endUnlessTaken({ attempts, delivered }: Delivery, runId: string, store: Store): void {
	const run = store.runs.get(runId);
	if (delivered || !run || TERMINAL_STATUSES.has(run.status)) return;
	const refused = attempts.some(({ status }) => status === 400);
	const at = new Date(store.clock.now()).toISOString();
	const status = refused ? 'stopped' : 'failed';
	const ended = store.patchRun(runId, { status, updated_at: at, finished_at: at });
	store.addLog({
		sync_job_run_id: runId,
		sync_job_run_event: 'failed',
		status: 'error',
		webhook_status: attempts.at(-1)?.status ?? null,
		webhook_successful: false,
		logs: [{ level: 'error', message: 'Webhook did not accept the records' }],
	});
	store.onRunEvent(refused ? 'updated' : 'failed', ended, store.clock.now());
}
