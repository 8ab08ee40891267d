import type { TrutoEvent } from '../../lib/events/event';
import type { JsonRecord } from '../../lib/json';
import { timestamp } from '../../lib/truto/timestamp';

/**
 * A run in the form of the event that Truto would send to a webhook. Each run gives one event, so the
 * event's id is the run's id, and its time is the end of the run.
 */
export function eventOfRun(run: JsonRecord): TrutoEvent {
	const endedAt = timestamp(run.finished_at);
	return {
		id: String(run.id),
		name: `sync_job_run:${String(run.status)}`,
		payload: run,
		createdAt: Number.isNaN(endedAt) ? null : endedAt,
		webhookId: null,
	};
}
