import type { JsonRecord } from '../../json';

/** What a run comes to. */
export type Verdict =
	| 'healthy'
	| 'waiting'
	| 'running'
	| 'rate_limited'
	| 'stuck'
	| 'failed'
	| 'not_delivered'
	| 'records_dropped'
	| 'nothing_fetched'
	| 'stopped';

/** Why, as far as Truto tells; with the words for people. */
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

/** Who has to act; with the words for people. */
export const ACTOR_NAMES = {
	nobody: 'Nobody',
	end_user: 'The customer',
	job_owner: 'The owner of the sync job',
	receiver: 'The owner of the destination',
	truto_support: "Truto's support",
} as const;

export type Actor = keyof typeof ACTOR_NAMES;

/** What can be read besides the run. */
export type Source = 'job' | 'logs' | 'account' | 'deliveries';

/**
 * What is known of a run. A source is absent as long as nobody has tried to read it, and null if it
 * could not be read.
 */
export interface Known {
	/** `GET /sync-job-run/{id}` */
	run: JsonRecord;
	/** Milliseconds since 1970. */
	now: number;
	/** After how long without an update a running run is stuck; 5 where absent, as Truto says. */
	stuckAfterMinutes?: number;
	/** `GET /sync-job/{id}` */
	job?: JsonRecord | null;
	/** `GET /log` of type `rapid_bridge`, of this run, in any order. */
	logs?: JsonRecord[] | null;
	/** `GET /integrated-account/{id}` */
	account?: JsonRecord | null;
	/** `GET /log` of type `webhook`, of the run's webhook, in any order. */
	deliveries?: JsonRecord[] | null;
}

/** One thing that a conclusion rests on. */
export type Evidence = { source: Source | 'run'; field: string; value: string };

export type ResourceCounts = {
	resource: string;
	fetched: number | null;
	persisted: number | null;
	/** Fetched, but not persisted; 0 where the job does not send the resource on. */
	dropped: number | null;
};

/** The output of *Diagnose*: what is wrong with a run, and who has to do what. */
export type Diagnosis = {
	sync_job_run_id: string | null;
	label: string | null;
	status: string | null;
	verdict: Verdict;
	cause: Cause | null;
	/** The cause in words. */
	cause_name: string | null;
	who_acts: Actor;
	/** One sentence that a person can act on; it says so where the run must not be started again. */
	next_step: string;
	/** One line, with `&`, `<` and `>` escaped for Slack. */
	summary: string;
	/** Where the run stands or went wrong; null if it ended as planned. */
	stopped_at: { resource: string; method: string | null } | null;
	/** Records of all resources; null where the run does not count them. */
	fetched: number | null;
	persisted: number | null;
	/** 100 at the most: those with dropped records first, where there are more. */
	resources: ResourceCounts[];
	errors: {
		/** How many of the log entries that were read are errors. */
		count: number;
		first: string | null;
		first_at: string | null;
		first_resource: string | null;
		by_resource: Record<string, number>;
	};
	evidence: Evidence[];
	/** When a rate limit is over, in UTC; null where unknown. */
	resumes_at: string | null;
	/** Sources that could not be read. */
	not_checked: Source[];
};
