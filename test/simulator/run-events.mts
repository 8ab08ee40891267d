import type { RunListener } from './progress.mts';
import type { Store } from './store.mts';
import { TERMINAL_STATUSES } from './types.mts';
import type { SyncJobRun } from './types.mts';
import type { Delivery, WebhookSender } from './webhook-sender.mts';

/** Sent to a run's own webhook whatever events that webhook asked for: it is where the records go. */
const OF_THE_DESTINATION = new Set(['started', 'record', 'record_error']);

/**
 * Turns what happens to runs into webhook events. Truto goes on with a sync when its own webhook has taken
 * what it was sent, so all further events of that run wait for the answer; a run without one waits for none.
 */
export function runEventsTo(webhooks: WebhookSender, store: Store): RunListener {
	/** By run: whether its own webhook takes all that was sent so far. */
	const taken = new Map<string, Promise<boolean>>();
	return (name, run, at, payload) => {
		const event = `sync_job_run:${name}`;
		const wanted = run.events_to_send;
		if (Array.isArray(wanted) && wanted.length > 0 && !wanted.includes(event)) return;
		const own = ownWebhook(run, store);
		const isOfRecords = name === 'record' || name === 'record_error';
		// They go to the run's own webhook, and to nobody else.
		if (isOfRecords && own === undefined) return;
		const before = taken.get(run.id);
		const createdAt = new Date(at).toISOString();
		// The run goes on changing while its event waits.
		const content = payload ? payload() : before ? structuredClone(run) : run;
		const send = async (webhookId: string) =>
			await webhooks.deliver(event, content, { webhookId, createdAt });
		const tell = () => {
			if (isOfRecords) return;
			for (const { id } of webhooks.subscribers(event, run.environment_id)) {
				if (name !== 'started' || id !== own) void send(id);
			}
		};
		if (own === undefined || !OF_THE_DESTINATION.has(name)) {
			if (before) void before.then(tell);
			else tell();
			return;
		}
		const sendAndTell = async () => {
			const sent = send(own);
			tell();
			const [delivery] = await sent;
			if (delivery) endUnlessTaken(delivery, run.id, store);
			return delivery?.delivered ?? false;
		};
		const answered = before
			? before.then(async (goesOn) => goesOn && (await sendAndTell()))
			: sendAndTell();
		taken.set(run.id, answered);
		void answered.then((goesOn) => {
			if (goesOn && taken.get(run.id) === answered) taken.delete(run.id);
		});
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
