import { isJsonRecord, textOrNull, type Json } from '../json';

/** Truto's label for a sync job that nobody has named. */
const UNNAMED = 'Untitled';

/**
 * What people call a sync job: its label, or the integration's name if it has none.
 *
 * @param job the answer of `GET /sync-job/{id}`, or the `sync_job` of a run, which lists and events may
 * leave out
 */
export function jobLabel(job: Json | undefined): string | null {
	if (!isJsonRecord(job)) return null;
	const label = textOrNull(job.label)?.trim() || null;
	if (label !== null && label !== UNNAMED) return label;
	return textOrNull(job.integration_name)?.trim() || label;
}
