/**
 * How the simulated Truto speaks: one setting for each thing that Truto's public material leaves open.
 * The numbers such as D1 are those of the doubts in the collected facts about Truto's API.
 */
export interface Dialect {
	/** D1: the name of a list answer's array. */
	listEnvelope: 'result' | 'results';
	/** D1: `next_cursor` on the last page. */
	nextCursor: 'null' | 'absent';
	/** D1: `prev_cursor` and `limit` in list answers. */
	extraPaging: boolean;
	/** D2: a `limit` over 100, of every list but the logs, which refuse it. Taken: up to 5,000. */
	pageSizeOver100: 'taken' | 'capped' | 'refused';
	/** D3: `status[in]=a,b`, and `[in]` of other fields. Ignored: all statuses come back. */
	severalStatuses: 'works' | 'ignored' | 'refused';
	/** D3: `created_at[gt]` and the like; not of the logs, where they are documented. */
	createdAtFilter: 'works' | 'ignored' | 'refused';
	/** D4: `2026-04-01T10:00:00.000Z`, `2026-04-01 10:00:00`, or both in one answer. */
	times: 'iso' | 'spaced' | 'mixed';
	/** D5, D17: the answer to the DELETE of a run: a 200 with a body, an empty 200, or an empty 202 or 204. */
	deleteAnswer: 'id' | 'empty-object' | 'success' | 'empty' | 'text' | '202' | '204';
	/** D5: a run after a DELETE that stopped it. A second DELETE removes it. */
	deletedRun: 'gone' | 'stopped';
	/**
	 * D17: the answer where its content is of no interest: other DELETEs, the activation of a schedule, a
	 * refresh of credentials. Likely: the thing, its id or `{ success: true }`, whichever is usual for it.
	 */
	doneAnswer: 'likely' | 'id' | 'empty-object' | 'success' | 'empty' | 'text' | '204';
	/** D6: the keys of `resource_stats`: `crm/contacts`, `contacts`, or the V4 node's name. */
	statsKey: 'unified' | 'plain' | 'node';
	/** D6: a method's value: its counters, or the bare number of fetched records. */
	statsValue: 'object' | 'number';
	/** D6: `resource_stats` of a run that has fetched nothing yet. */
	statsEmpty: 'null' | '{}' | 'absent';
	/** D7: the account on a run whose job takes it as an argument. Otherwise it is only in `args`. */
	runAccount: 'given' | 'null' | 'absent';
	/** D8: `{ timestamp, … }` or `{ _id, timestamp, metadata: { … } }`. */
	logEntries: 'flat' | 'metadata';
	/** D8: `logs` as each entry has them (texts or objects), only texts, only objects, one text, JSON text. */
	logTexts: 'either' | 'texts' | 'objects' | 'one-text' | 'json-text';
	/** D9: the field of a delivery that names its event. */
	eventName: 'event' | 'event_type';
	/** D10: the body of a delivery. */
	deliveryBody: 'json' | 'form' | 'urlencoded';
	/** D10: what the signature of a form is made over: the raw body, or the event as JSON. */
	formSignature: 'raw-body' | 'json';
	/** D11: `format=sha256,v=` with lower-case hex, upper-case hex or base64; or `v=` alone. */
	signature: 'hex' | 'HEX' | 'base64' | 'no-format' | 'no-format-base64';
	/** D12: the answers in which a run carries its `sync_job`. Get only: not lists, not events. */
	nestedSyncJob: 'everywhere' | 'on-get-only';
	/** D12: the `label` of a run's `sync_job`; the reference page shows none. */
	nestedLabel: 'absent' | 'given';
	/**
	 * D14: tries before one that worked: not in the log; an entry each, with `retry_count` and `retry_after`;
	 * an entry each, with an error status alone; not in the log, but an empty `error` in entries that worked.
	 */
	retries: 'outcome' | 'attempts' | 'attempts-by-status' | 'empty-errors';
	/** D15: a webhook's `target_url`: as it was given, or as `new URL` writes it, without a slash at its end. */
	targetUrl: 'as-given' | 'rewritten';
	/** D16: a run is in the lists at once, or a minute after its `created_at`. */
	runListed: 'at-once' | 'late';
	/** D16: Truto's clock, for the `created_at` of runs: right, or ten minutes ahead. */
	runClock: 'right' | 'ahead';
	/** D18: a run and its sync job name their environment everywhere, or not in lists and events. */
	runEnvironment: 'everywhere' | 'on-get-only';
	/** Besides the table: `last_error` and the like of an account, everywhere or not in lists. */
	accountErrors: 'everywhere' | 'on-get-only';
	/** Besides the table: the limit is for any 10 s, or for those from each full 10 s of Truto's clock on. */
	rateLimitWindow: 'sliding' | 'fixed';
}

/** The most likely form of each doubt. */
export const DEFAULT_DIALECT: Readonly<Dialect> = {
	listEnvelope: 'result',
	nextCursor: 'null',
	extraPaging: true,
	pageSizeOver100: 'taken',
	severalStatuses: 'works',
	createdAtFilter: 'works',
	times: 'iso',
	deleteAnswer: 'id',
	doneAnswer: 'likely',
	deletedRun: 'gone',
	statsKey: 'unified',
	statsValue: 'object',
	statsEmpty: 'null',
	runAccount: 'given',
	logEntries: 'flat',
	logTexts: 'either',
	eventName: 'event',
	deliveryBody: 'json',
	formSignature: 'raw-body',
	signature: 'hex',
	nestedSyncJob: 'everywhere',
	nestedLabel: 'absent',
	retries: 'outcome',
	targetUrl: 'as-given',
	runListed: 'at-once',
	runClock: 'right',
	runEnvironment: 'everywhere',
	accountErrors: 'everywhere',
	rateLimitWindow: 'sliding',
};

/**
 * Every doubt in its unlikely form at once. `deliveryBody` is a form that can still be verified, and
 * `nestedLabel` stays absent: given, it would make things easier. `runListed` and `runClock`
 * stay likely: each test would have to wait, or to count with another clock.
 */
export const UNLIKELY_DIALECT: Readonly<Dialect> = {
	listEnvelope: 'results',
	nextCursor: 'absent',
	extraPaging: false,
	pageSizeOver100: 'refused',
	severalStatuses: 'ignored',
	createdAtFilter: 'refused',
	times: 'mixed',
	deleteAnswer: '204',
	doneAnswer: 'text',
	deletedRun: 'stopped',
	statsKey: 'node',
	statsValue: 'number',
	statsEmpty: 'absent',
	runAccount: 'absent',
	logEntries: 'metadata',
	logTexts: 'one-text',
	eventName: 'event_type',
	deliveryBody: 'form',
	formSignature: 'raw-body',
	signature: 'no-format-base64',
	nestedSyncJob: 'on-get-only',
	nestedLabel: 'absent',
	retries: 'attempts-by-status',
	targetUrl: 'rewritten',
	runListed: 'at-once',
	runClock: 'right',
	runEnvironment: 'on-get-only',
	accountErrors: 'on-get-only',
	rateLimitWindow: 'fixed',
};

/** Every form of every setting. */
export const FORMS: { readonly [Name in keyof Dialect]: readonly Dialect[Name][] } = {
	listEnvelope: ['result', 'results'],
	nextCursor: ['null', 'absent'],
	extraPaging: [true, false],
	pageSizeOver100: ['taken', 'capped', 'refused'],
	severalStatuses: ['works', 'ignored', 'refused'],
	createdAtFilter: ['works', 'ignored', 'refused'],
	times: ['iso', 'spaced', 'mixed'],
	deleteAnswer: ['id', 'empty-object', 'success', 'empty', 'text', '202', '204'],
	doneAnswer: ['likely', 'id', 'empty-object', 'success', 'empty', 'text', '204'],
	deletedRun: ['gone', 'stopped'],
	statsKey: ['unified', 'plain', 'node'],
	statsValue: ['object', 'number'],
	statsEmpty: ['null', '{}', 'absent'],
	runAccount: ['given', 'null', 'absent'],
	logEntries: ['flat', 'metadata'],
	logTexts: ['either', 'texts', 'objects', 'one-text', 'json-text'],
	eventName: ['event', 'event_type'],
	deliveryBody: ['json', 'form', 'urlencoded'],
	formSignature: ['raw-body', 'json'],
	signature: ['hex', 'HEX', 'base64', 'no-format', 'no-format-base64'],
	nestedSyncJob: ['everywhere', 'on-get-only'],
	nestedLabel: ['absent', 'given'],
	retries: ['outcome', 'attempts', 'attempts-by-status', 'empty-errors'],
	targetUrl: ['as-given', 'rewritten'],
	runListed: ['at-once', 'late'],
	runClock: ['right', 'ahead'],
	runEnvironment: ['everywhere', 'on-get-only'],
	accountErrors: ['everywhere', 'on-get-only'],
	rateLimitWindow: ['sliding', 'fixed'],
};

/** A dialect to run a test in, and what to call it. */
export interface NamedDialect {
	/** Such as `times: spaced`. */
	name: string;
	/** What differs from the default. */
	dialect: Partial<Dialect>;
}

/** The forms of one setting, or of several, each for itself. */
export function formsOf(...names: (keyof Dialect)[]): NamedDialect[] {
	return names.flatMap((name) =>
		FORMS[name].map((form) => ({ name: `${name}: ${String(form)}`, dialect: { [name]: form } })),
	);
}

/** The default, each form that differs from it in one setting only, and all unlikely forms at once. */
export const DIALECTS: readonly NamedDialect[] = [
	{ name: 'the default', dialect: {} },
	...(Object.keys(FORMS) as (keyof Dialect)[]).flatMap((name) =>
		formsOf(name).filter(({ dialect }) => dialect[name] !== DEFAULT_DIALECT[name]),
	),
	{ name: 'every unlikely form', dialect: UNLIKELY_DIALECT },
];

/**
 * Changes some settings of a dialect in place.
 *
 * @throws RangeError for a setting or form that does not exist: a test in another process may send any.
 */
export function changeDialect(dialect: Dialect, changes: Partial<Dialect>): void {
	for (const [name, form] of Object.entries(changes)) {
		const forms: readonly unknown[] | undefined = FORMS[name as keyof Dialect];
		if (!forms?.includes(form)) throw new RangeError(`No dialect has ${name}: ${String(form)}`);
	}
	Object.assign(dialect, changes);
}
