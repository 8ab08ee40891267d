/** A kind of thing in Truto's API. */
export interface Kind {
	/** Its name in texts. */
	noun: string;
	plural: string;
	/** Its collection in the API's paths. */
	collection: string;
	/** The field that has its id in other things, and the column that has it in output items. */
	idField: string;
}

/** Such as `a sync job` or `an integrated account`. */
export function withArticle({ noun }: Kind): string {
	return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

export const SYNC_JOB_RUN: Kind = {
	noun: 'sync job run',
	plural: 'sync job runs',
	collection: 'sync-job-run',
	idField: 'sync_job_run_id',
};

export const SYNC_JOB: Kind = {
	noun: 'sync job',
	plural: 'sync jobs',
	collection: 'sync-job',
	idField: 'sync_job_id',
};

export const INTEGRATED_ACCOUNT: Kind = {
	noun: 'integrated account',
	plural: 'integrated accounts',
	collection: 'integrated-account',
	idField: 'integrated_account_id',
};

/** Truto's name for it is *sync job cron trigger*. */
export const SCHEDULE: Kind = {
	noun: 'schedule',
	plural: 'schedules',
	collection: 'sync-job-cron-trigger',
	idField: 'sync_job_cron_trigger_id',
};

/** An entry of a sync job's state. Truto's name for it is *sync job run state*; its id is its key. */
export const STATE_ENTRY: Kind = {
	noun: 'state entry',
	plural: 'state entries',
	collection: 'sync-job-run-state',
	idField: 'key',
};

export const WEBHOOK: Kind = {
	noun: 'webhook',
	plural: 'webhooks',
	collection: 'webhook',
	idField: 'webhook_id',
};

/** Where Truto can store records. */
export const DATASTORE: Kind = {
	noun: 'datastore',
	plural: 'datastores',
	collection: 'datastore',
	idField: 'datastore_id',
};

/** The path of one thing in the API. The id is encoded, so it can't reach another endpoint. */
export function pathOf({ collection }: Kind, id: string): string {
	return `/${collection}/${encodeURIComponent(id)}`;
}

/** The path of the thing that a parameter points to, such as `/sync-job-run/{syncJobRunId}`. */
export function pathTo({ collection }: Kind, parameter: string): string {
	return `/${collection}/{${parameter}}`;
}

const KINDS = [
	SYNC_JOB_RUN,
	SYNC_JOB,
	INTEGRATED_ACCOUNT,
	SCHEDULE,
	STATE_ENTRY,
	WEBHOOK,
	DATASTORE,
];

/** What a path of {@link pathTo} points to. @throws if it is another path */
export function readPathTo(path = ''): { kind: Kind; parameter: string } {
	const [, collection, parameter = ''] = /^\/([^/]+)\/\{([^/]+)\}$/.exec(path) ?? [];
	const kind = KINDS.find((each) => each.collection === collection);
	if (kind) return { kind, parameter };
	throw new Error(`This is not the path of one thing: ${path}`);
}
