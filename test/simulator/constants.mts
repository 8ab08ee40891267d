/**
 * A UUID made of a kind (up to four hex digits) and a number: deterministic and readable in a failing
 * test, yet valid (version 4).
 */
export function fixedId(kind: string, number: number): string {
	return `${kind.padEnd(8, '0')}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** The token of the environment that has the seeded data. */
export const VALID_TOKEN = 'truto-demo-token';
/** The token of another environment, which sees none of it. */
export const OTHER_TOKEN = 'truto-other-token';
/** A token that no environment has. */
export const WRONG_TOKEN = 'truto-wrong-token';

export const ENVIRONMENT_ID = fixedId('e000', 1);
export const OTHER_ENVIRONMENT_ID = fixedId('e000', 2);

export const SYNC_JOBS = {
	/** HubSpot CRM; arguments of every type, some required, one enum. */
	crm: fixedId('5a00', 1),
	/** Zendesk ticketing; has a label; its `required` is plain JSON Schema. */
	ticketing: fixedId('5a00', 2),
	/** BambooHR; no arguments, no label. */
	hris: fixedId('5a00', 3),
	/** Its runs fail after 12 s. */
	failing: fixedId('5a00', 4),
	/** Its runs are rate limited for a while before they complete. */
	rateLimited: fixedId('5a00', 5),
	/** A Proxy API job: bare resource names. */
	proxy: fixedId('5a00', 6),
	/** V4: Pipedrive, incremental, to a webhook or a data store; arguments of every format, `args_validation`. */
	v4Crm: fixedId('5a00', 7),
	/** V4: Jira tickets; a webhook is all it takes besides the account. No label of its own: "Untitled". */
	v4Ticketing: fixedId('5a00', 8),
	/** V4: over several integrations (`integration_name` is empty); two nodes ask for the same resource. */
	v4Files: fixedId('5a00', 9),
	/** Belongs to OTHER_TOKEN's environment. */
	other: fixedId('5a00', 99),
} as const;

export const ACCOUNTS = {
	hubspot: fixedId('ac00', 1),
	zendesk: fixedId('ac00', 2),
	bamboohr: fixedId('ac00', 3),
	salesforce: fixedId('ac00', 4),
	/** Needs to be connected again by its user. */
	needsReauth: fixedId('ac00', 5),
	/** Blocked: starting a run for it answers 503, though its status is `active`. */
	blocked: fixedId('ac00', 6),
	/** Pipedrive, active. */
	pipedrive: fixedId('ac00', 7),
	/** Pipedrive; its login has expired, and a run failed of it. */
	pipedriveExpired: fixedId('ac00', 8),
	/** Jira, active, but the provider answered 403: scopes are missing. */
	jiraNoScopes: fixedId('ac00', 9),
	jira: fixedId('ac00', 10),
	notion: fixedId('ac00', 11),
	/** Google Drive, of a sandbox. */
	drive: fixedId('ac00', 12),
	connecting: fixedId('ac00', 13),
	validationError: fixedId('ac00', 14),
	postInstallError: fixedId('ac00', 15),
	/** Belongs to OTHER_TOKEN's environment. */
	other: fixedId('ac00', 99),
} as const;

export const RUNS = {
	completed: fixedId('c000', 1),
	/** The third party's authorization failed (see its logs). */
	failed: fixedId('c000', 2),
	/** Running and making progress; its numbers stand still. */
	running: fixedId('c000', 3),
	created: fixedId('c000', 4),
	rateLimited: fixedId('c000', 5),
	stopped: fixedId('c000', 6),
	/** Running for ever, with stats that grow every 10 s. */
	growing: fixedId('c000', 7),
	/** `resource_stats: null` */
	noStats: fixedId('c000', 8),
	/** `resource_stats: {}` */
	emptyStats: fixedId('c000', 9),
	/** No `resource_stats` at all. */
	absentStats: fixedId('c000', 10),
	/** 500 resources; every list of runs carries them. */
	large: fixedId('c000', 11),
	/** Resource names with slashes, dots, spaces, `__proto__`, `constructor`, `=SUM(A1)`. */
	oddNames: fixedId('c000', 12),
	/** `resource_stats` that are no object. */
	oddStatsArray: fixedId('c000', 13),
	oddStatsString: fixedId('c000', 14),
	oddStatsNumber: fixedId('c000', 15),
	/** A method's value is a bare number. */
	bareNumbers: fixedId('c000', 16),
	fiveResources: fixedId('c000', 17),
	twoResources: fixedId('c000', 18),
	/** Running, but without progress for ten minutes: what Truto calls stuck. */
	stuck: fixedId('c000', 19),
	/** A status that no document names. */
	unknownStatus: fixedId('c000', 20),
	failedMapping: fixedId('c000', 21),
	failedRateLimit: fixedId('c000', 22),
	failedUpstream: fixedId('c000', 23),
	failedDelivery: fixedId('c000', 24),
	/** Failed with 260 log entries. */
	failedManyLogs: fixedId('c000', 25),
	/** Failed, and nothing logged. */
	failedNoLogs: fixedId('c000', 26),
	/** Completed although some records failed (`error_handling: ignore`). */
	completedWithErrors: fixedId('c000', 27),
	/** The runs below are of V4 jobs. */
	v4Completed: fixedId('c000', 28),
	/** Running now. */
	v4Running: fixedId('c000', 29),
	/** In progress, no update for 12 minutes. */
	v4Stuck: fixedId('c000', 30),
	/** The login of its account (`pipedriveExpired`) has expired; the log says so. */
	failedReauth: fixedId('c000', 31),
	/** A transform node failed. */
	v4FailedMapping: fixedId('c000', 32),
	/** The provider answered 503. */
	v4FailedUpstream: fixedId('c000', 33),
	/** Completed, but the webhook did not take the records. */
	notDelivered: fixedId('c000', 34),
	/** Completed, but the data store did not take the records. */
	notStored: fixedId('c000', 35),
	/** Completed; records were fetched, and none was persisted. */
	dropped: fixedId('c000', 36),
	/** Completed without having fetched anything. */
	nothingFetched: fixedId('c000', 37),
	v4RateLimited: fixedId('c000', 38),
	/** Failed: the provider answered 403. Its account is `jiraNoScopes`. */
	failedScopes: fixedId('c000', 39),
	/** Belongs to OTHER_TOKEN's environment. */
	other: fixedId('c000', 99),
} as const;

export const CRON_TRIGGERS = {
	/** Every six hours, of `v4Crm` for `pipedrive`. */
	sixHourly: fixedId('c407', 1),
	/** Nightly, of `v4Ticketing` for `jira`. */
	nightly: fixedId('c407', 2),
	/** Created, but never scheduled. */
	unscheduled: fixedId('c407', 3),
	/** Hourly, of `ticketing` for `zendesk`, and late. Only in `seedMonth`. */
	late: fixedId('c407', 4),
	/** Belongs to OTHER_TOKEN's environment. */
	other: fixedId('c407', 99),
} as const;

/** A well-formed id of nothing. */
export const UNKNOWN_ID = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

/** What a started run goes through unless its sync job says otherwise. */
export const DEFAULT_RUN_SCRIPT: readonly { status: string; afterMs: number }[] = [
	{ status: 'created', afterMs: 0 },
	{ status: 'running', afterMs: 1_000 },
	{ status: 'completed', afterMs: 24_000 },
];
