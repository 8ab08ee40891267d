/** What an event is about, which decides what its payload holds. */
export type EventSubject =
	/** The payload is the sync job run. */
	| 'run'
	/** The payload holds records: `{ resource, records, meta }`. */
	| 'records'
	/** The payload holds the error or errors of records. */
	| 'record_error'
	/** The payload is the integrated account; of a deleted one only its `id`. */
	| 'account'
	/** The payload is about a sync job cron trigger. */
	| 'schedule';

interface EventDefinition {
	/** Truto's name, as in `event_types` of a webhook and `events_to_send` of a run. */
	value: string;
	/** The name for people; the first word groups it, as n8n's lists are sorted by name. */
	name: string;
	description: string;
	subject: EventSubject;
}

/** The events that Truto sends to webhooks about syncs and integrated accounts, sorted by name. */
export const EVENTS = [
	{
		value: 'integrated_account:active',
		name: 'Account Connected',
		description: 'An integrated account has become active',
		subject: 'account',
	},
	{
		value: 'integrated_account:created',
		name: 'Account Created',
		description: 'An integrated account was created, and is not active yet',
		subject: 'account',
	},
	{
		value: 'integrated_account:deleted',
		name: 'Account Deleted',
		description: 'An integrated account was deleted. The event contains only its ID.',
		subject: 'account',
	},
	{
		value: 'integrated_account:post_connect_form_submitted',
		name: 'Account Form Submitted',
		description: 'The customer has submitted the form that comes after connecting',
		subject: 'account',
	},
	{
		value: 'integrated_account:authentication_error',
		name: 'Account Needs Reconnecting',
		description: 'The credentials have expired or were revoked: the customer has to reconnect',
		subject: 'account',
	},
	{
		value: 'integrated_account:forbidden_error',
		name: 'Account Permission Missing',
		description: 'The integrated app refused a request because the account lacks a permission',
		subject: 'account',
	},
	{
		value: 'integrated_account:reactivated',
		name: 'Account Reconnected',
		description: 'An integrated account that needed reconnecting is active again',
		subject: 'account',
	},
	{
		value: 'integrated_account:post_install_error',
		name: 'Account Setup Failed',
		description: 'An action that runs after connecting has failed',
		subject: 'account',
	},
	{
		value: 'integrated_account:updated',
		name: 'Account Updated',
		description: 'An integrated account was changed',
		subject: 'account',
	},
	{
		value: 'integrated_account:validation_error',
		name: 'Account Validation Failed',
		description: 'What the customer entered to connect is incomplete or wrong',
		subject: 'account',
	},
	{
		value: 'sync_job_run:completed',
		name: 'Run Completed',
		description: 'A sync job run has completed',
		subject: 'run',
	},
	{
		value: 'sync_job_run:created',
		name: 'Run Created',
		description: 'A sync job run was created, and has not started yet',
		subject: 'run',
	},
	{
		value: 'sync_job_run:deleted',
		name: 'Run Deleted',
		description: 'A sync job run was deleted',
		subject: 'run',
	},
	{
		value: 'sync_job_run:failed',
		name: 'Run Failed',
		description: 'A sync job run has ended with an error',
		subject: 'run',
	},
	{
		value: 'sync_job_run:rate_limited',
		name: 'Run Rate Limited',
		description: 'A sync job run is paused by a rate limit, and resumes automatically',
		subject: 'run',
	},
	{
		value: 'sync_job_run:record_error',
		name: 'Run Record Error',
		description: 'A run that was started with this webhook could not sync some records',
		subject: 'record_error',
	},
	{
		value: 'sync_job_run:record',
		name: 'Run Records',
		description: 'A run that was started with this webhook has sent records',
		subject: 'records',
	},
	{
		value: 'sync_job_run:started',
		name: 'Run Started',
		description: 'A sync job run has started',
		subject: 'run',
	},
	{
		value: 'sync_job_run:updated',
		name: 'Run Updated',
		description: 'A sync job run has changed, for example its status',
		subject: 'run',
	},
	{
		value: 'sync_job_cron_trigger:failed',
		name: 'Schedule Failed',
		description: 'A schedule could not start its sync job run',
		subject: 'schedule',
	},
] as const satisfies readonly EventDefinition[];

/** Truto's name of an event that this package knows. */
export type EventName = (typeof EVENTS)[number]['value'];

/** An entry of a drop-down. */
export interface EventChoice {
	name: string;
	value: EventName;
	description: string;
}

const toChoice = ({ name, value, description }: (typeof EVENTS)[number]): EventChoice => ({
	name,
	value,
	description,
});

/** All events, for what starts a workflow. */
export const EVENT_CHOICES: EventChoice[] = EVENTS.map(toChoice);

/** The events of a run, for `events_to_send` of `POST /sync-job-run` and of schedules. */
export const RUN_EVENT_CHOICES: EventChoice[] = EVENTS.filter(({ value }) =>
	value.startsWith('sync_job_run:'),
).map(toChoice);

/**
 * What an event is about. For an event that isn't listed here, the word before the colon decides.
 *
 * @returns null if that word is unknown
 */
export function eventSubject(name: string): EventSubject | null {
	const known = EVENTS.find(({ value }) => value === name);
	if (known) return known.subject;
	if (name.startsWith('sync_job_run:')) return 'run';
	if (name.startsWith('integrated_account:')) return 'account';
	return name.startsWith('sync_job_cron_trigger:') ? 'schedule' : null;
}
