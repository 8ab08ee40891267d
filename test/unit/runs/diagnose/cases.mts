import type { JsonRecord } from '../../../../lib/json';
import {
	SOURCES,
	withSource,
	type Answer,
	type Known,
	type Source,
} from '../../../../lib/runs/diagnose/known';
import { readRun } from '../../../../lib/truto/run';

/** 12:00 of the day on which all runs here were made, at 10:00. */
export const NOW = Date.parse('2026-11-24T12:00:00Z');

/** A run with a label and two resources, of which all is persisted. */
export function aRun(changes: JsonRecord = {}): JsonRecord {
	return {
		id: 'run-1',
		sync_job_id: 'job-1',
		integrated_account_id: 'account-1',
		webhook_id: 'webhook-1',
		status: 'completed',
		version: 3,
		resources: [
			{ resource: 'crm/contacts', method: 'list' },
			{ resource: 'crm/notes', method: 'list' },
		],
		resource_stats: {
			'crm/contacts': { list: { fetched: 120, persisted: 120 } },
			'crm/notes': { list: { fetched: 9, persisted: 9 } },
		},
		created_at: '2026-11-24 10:00:00',
		started_at: '2026-11-24 10:00:01',
		updated_at: '2026-11-24 10:30:00',
		finished_at: '2026-11-24 10:30:00',
		sync_job: { id: 'job-1', label: 'HubSpot contacts', integration_name: 'hubspot' },
		...changes,
	};
}

/** A run that has not ended. */
export const going = (status: string, changes: JsonRecord = {}): JsonRecord =>
	aRun({ status, finished_at: null, updated_at: '2026-11-24 11:59:30', ...changes });

export const failed = (changes: JsonRecord = {}): JsonRecord =>
	aRun({ status: 'failed', ...changes });

/** An error in the run's logs, as Truto writes it when the run has failed. */
export const failure = (changes: JsonRecord = {}): JsonRecord => ({
	timestamp: '2026-11-24 10:29:59',
	sync_job_run_event: 'failed',
	status: 'error',
	resource: 'crm/notes',
	method: 'list',
	...changes,
});

export const page = (changes: JsonRecord = {}): JsonRecord => ({
	timestamp: '2026-11-24 10:10:00',
	sync_job_run_event: 'record',
	status: 'running',
	resource: 'crm/contacts',
	method: 'list',
	num_records: 60,
	webhook_status: 200,
	webhook_successful: true,
	...changes,
});

/** What Truto returns for each source; null if it can't be read. */
export type Answers = Partial<Record<Source, Answer | null>>;

export const known = (run: JsonRecord, answers: Answers = {}): Known =>
	SOURCES.reduce(
		(sofar, source) => {
			const answer = answers[source];
			return answer === undefined ? sofar : withSource(sofar, source, answer);
		},
		{ run: readRun(run), now: NOW },
	);
