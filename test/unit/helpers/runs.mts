import type { JsonRecord } from '../../../lib/json';

/** A finished run as Truto sends it, with every field that the API's reference page lists. */
export function finishedRun(changes: JsonRecord = {}): JsonRecord {
	return {
		id: '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
		args: { since: '2026-01-01' },
		resources: [
			{ resource: 'crm/contacts', method: 'list' },
			{ resource: 'crm/notes', method: 'list' },
			{ resource: 'crm/notes', method: 'get', depends_on: 'crm/contacts' },
		],
		sync_job_id: '0d9f7c1e-2b1a-4a57-8d33-7a4b2f0c9e11',
		integrated_account_id: '7be2d0a4-90f1-4c55-b7a2-5f6f3f1c8d22',
		status: 'completed',
		webhook_id: 'c1a5f2b3-6d7e-4f80-91a2-b3c4d5e6f733',
		error_handling: 'ignore',
		ignore_previous_run: false,
		version: 2,
		resource_stats: {
			'crm/contacts': { list: { fetched: 120, persisted: 118 } },
			'crm/notes': {
				list: { fetched: 9, persisted: 9 },
				get: { fetched: 3, persisted: 2 },
			},
		},
		created_at: '2026-11-24T10:00:00.000Z',
		updated_at: '2026-11-24T10:02:00.000Z',
		started_at: '2026-11-24T10:00:01.500Z',
		finished_at: '2026-11-24T10:01:31.750Z',
		sync_job: { id: '0d9f7c1e-2b1a-4a57-8d33-7a4b2f0c9e11', integration_name: 'hubspot' },
		...changes,
	};
}

/** A finished run with these statistics. */
export function runWithStats(stats: JsonRecord[string]): JsonRecord {
	return finishedRun({ resource_stats: stats });
}

/**
 * Statistics from their JSON text, as they come over HTTP: only so does an object get a key `__proto__`
 * of its own.
 */
export function runWithStatsText(text: string): JsonRecord {
	return runWithStats(JSON.parse(text) as JsonRecord);
}
