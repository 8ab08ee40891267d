import type { Source } from './known';

/** The verdict on a run. */
export type Verdict =
	| 'healthy'
	| 'waiting'
	| 'running'
	| 'paused'
	| 'stuck'
	| 'failed'
	| 'not_delivered'
	| 'records_dropped'
	| 'nothing_fetched'
	| 'stopped';

/** Why it went wrong, as far as Truto shows it, and what people call it. */
export const CAUSE_NAMES = {
	auth: 'Authentication',
	missing_scopes: 'Missing permissions',
	mapping: 'Mapping',
	rate_limit: 'Rate limit',
	upstream: 'Integrated app error',
	delivery: 'Delivery',
	blocked: 'Account blocked by Truto',
	unknown: 'Unknown',
} as const;

export type Cause = keyof typeof CAUSE_NAMES;

/** Who has to act, and what people call them. */
export const ACTOR_NAMES = {
	nobody: 'Nobody',
	end_user: 'The customer',
	job_owner: 'The owner of the sync job',
	receiver: 'The owner of the destination',
	truto_support: "Truto's support",
} as const;

export type Actor = keyof typeof ACTOR_NAMES;

/** One fact behind the verdict. */
export type Evidence = { source: Source | 'run'; field: string; value: string };

/** What became of the records of one resource; null where the run doesn't count them. */
export type ResourceCounts = {
	resource: string;
	fetched: number | null;
	persisted: number | null;
	/** Fetched, but not persisted; 0 if the job doesn't send the resource on. */
	dropped: number | null;
};

/** The output of *Diagnose*: what is wrong with a run, and who has to do what. */
export type Diagnosis = {
	verdict: Verdict;
	who_acts: Actor;
	/** One or two sentences that a person can act on. They warn if the run must not be started again. */
	next_step: string;
	cause: Cause | null;
	/** The cause in words. */
	cause_name: string | null;
	/** The customer; null if nobody has read the account. */
	tenant_id: string | null;
	/** null also if nobody has named the sync job. */
	sync_job_label: string | null;
	integration_name: string | null;
	status: string | null;
	/** Where the run is or went wrong; null if it ended as planned. */
	stopped_at: { resource: string; method: string | null } | null;
	/** Records of all resources; null if the run doesn't count them. */
	fetched: number | null;
	persisted: number | null;
	/** One line, as plain text. */
	summary: string;
	/** At most 100. If there are more, those with dropped records come first. */
	resources: ResourceCounts[];
	errors: {
		/** How many of the log entries that were read are errors that Truto did not overcome. */
		count: number;
		first: string | null;
		first_at: string | null;
		first_resource: string | null;
		by_resource: Record<string, number>;
	};
	evidence: Evidence[];
	/** When a rate limit is over, in UTC; null if unknown. */
	resumes_at: string | null;
	/** Sources that could not be read. */
	not_checked: Source[];
	sync_job_run_id: string | null;
	sync_job_id: string | null;
	integrated_account_id: string | null;
};
