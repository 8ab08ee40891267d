import { isJsonRecord, textOrNull, type Json, type JsonRecord } from '../json';
import { readTime, type Time } from './timestamp';

/** A sync job: what this package understands of it; null for what is missing. */
export interface SyncJob {
	/** As Truto sent it, for output. */
	raw: JsonRecord;
	id: string | null;
	/** What people call it; null if nobody has named it. */
	label: string | null;
	/** Truto sent the label, even if it is blank. A job that is nested in a run may come without it. */
	knowsLabel: boolean;
	/** null for a job over several integrations. */
	integrationName: string | null;
	/** 1 to 4. */
	runtimeVersion: number | null;
	/** May have placeholders such as `{{ … }}`, which depend on the run. */
	stateKey: string | null;
	/** Its requests (versions 1 to 3), or the nodes of its graph (version 4). */
	resources: Json[];
	/** Of the arguments that it takes. `argFields` reads it. */
	argsSchema: JsonRecord;
	createdAt: Time;
	updatedAt: Time;
}

/** Truto's label for a sync job that nobody has named. */
const UNNAMED = 'Untitled';

/**
 * @param raw the answer of `GET /sync-job/{id}`, an entry of the list, or the job that is nested in a run.
 * That may have a few fields only.
 */
export function readSyncJob(raw: JsonRecord): SyncJob {
	const integrationName = textOrNull(raw.integration_name)?.trim() || null;
	const label = textOrNull(raw.label)?.trim() || null;
	const version = raw.default_runtime_version;
	return {
		raw,
		id: textOrNull(raw.id) || null,
		label: label === UNNAMED ? null : label,
		knowsLabel: raw.label !== undefined,
		integrationName,
		runtimeVersion: typeof version === 'number' ? version : null,
		stateKey: textOrNull(raw.state_key)?.trim() || null,
		resources: Array.isArray(raw.resources) ? raw.resources : [],
		argsSchema: isJsonRecord(raw.args_schema) ? raw.args_schema : {},
		createdAt: readTime(raw.created_at),
		updatedAt: readTime(raw.updated_at),
	};
}

/** What to call a sync job where people choose one, or read about one: nobody may have named it. */
export function syncJobName({
	label,
	integrationName,
}: Pick<SyncJob, 'label' | 'integrationName'>): string | null {
	return label ?? integrationName;
}
