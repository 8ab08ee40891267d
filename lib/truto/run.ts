import { isJsonRecord, textOrNull, type Json, type JsonRecord } from '../json';
import { nestedJob, readNames, type Names } from './names';
import { accountId, syncJobId } from './references';
import { isEndStage, runStage, type RunStage } from './statuses';
import type { SyncJob } from './syncJob';
import { readTime, type Time } from './timestamp';

/** A sync job run: what this package understands of it; null for what is missing. */
export interface Run extends Names {
	/** As Truto sent it, for output. */
	raw: JsonRecord;
	id: string | null;
	/** Truto's word, which may be one that this package doesn't know. */
	status: string | null;
	stage: RunStage;
	/** It won't change any more. */
	hasEnded: boolean;
	syncJobId: string | null;
	/** Given on the run, or, with a version 4 job, in its arguments only. */
	integratedAccountId: string | null;
	/** The webhook that gets its records. */
	webhookId: string | null;
	/** Its sync job, which lists and events may leave out. */
	job: SyncJob | null;
	/** Its own requests or nodes, which override those of its sync job; empty if it has none. */
	resources: Json[];
	/** Counters by resource and method: empty before the run has counted anything, null if unreadable. */
	stats: JsonRecord | null;
	createdAt: Time;
	startedAt: Time;
	updatedAt: Time;
	finishedAt: Time;
}

/** @param raw the answer of `GET /sync-job-run/{id}`, an entry of the list, or the payload of an event */
export function readRun(raw: JsonRecord): Run {
	const job = nestedJob(raw);
	const stats = raw.resource_stats ?? {};
	const stage = runStage(raw);
	return {
		raw,
		id: textOrNull(raw.id) || null,
		status: textOrNull(raw.status),
		stage,
		hasEnded: isEndStage(stage),
		...readNames(raw, job),
		syncJobId: syncJobId(raw),
		integratedAccountId: accountId(raw),
		webhookId: textOrNull(raw.webhook_id) || null,
		job,
		resources: Array.isArray(raw.resources) ? raw.resources : [],
		stats: isJsonRecord(stats) ? stats : null,
		createdAt: readTime(raw.created_at),
		startedAt: readTime(raw.started_at),
		updatedAt: readTime(raw.updated_at),
		finishedAt: readTime(raw.finished_at),
	};
}
