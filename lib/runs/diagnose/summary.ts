import { jsonText } from '../../text';
import { syncJobName } from '../../truto/syncJob';
import type { Diagnosis } from './diagnosis';

/** How much of a line Slack shows without collapsing it. */
const LONGEST_SUMMARY = 600;

/** What the line is made of. */
type Summarized = Pick<
	Diagnosis,
	| 'verdict'
	| 'next_step'
	| 'cause'
	| 'cause_name'
	| 'tenant_id'
	| 'sync_job_label'
	| 'integration_name'
	| 'stopped_at'
	| 'fetched'
	| 'persisted'
	| 'sync_job_run_id'
>;

/**
 * The diagnosis in one line of plain text.
 *
 * @returns for example `HubSpot contacts failed at crm/contacts list (Authentication). Ask the customer
 * …`
 */
export function summaryOf(diagnosis: Summarized): string {
	const {
		tenant_id: tenant,
		cause,
		cause_name: causeName,
		next_step: nextStep,
		sync_job_run_id: id,
	} = diagnosis;
	const run = id === null ? 'A sync job run' : `Sync job run ${id}`;
	const name = nameOf(diagnosis) ?? run;
	const whose = tenant === null || tenant === '' ? '' : ` for ${jsonText(tenant, 120)}`;
	const why = cause === null || cause === 'unknown' ? '' : ` (${causeName})`;
	const what = `${jsonText(name, 120)}${whose} ${headline(diagnosis)}${placeText(diagnosis)}${why}.`;
	return jsonText(`${what} ${nextStep}`, LONGEST_SUMMARY);
}

/** What to call the sync job of a diagnosed run; null if nothing is known of it. */
export function nameOf({
	sync_job_label: label,
	integration_name: integrationName,
}: Pick<Diagnosis, 'sync_job_label' | 'integration_name'>): string | null {
	return syncJobName({ label, integrationName });
}

function headline(diagnosis: Summarized): string {
	switch (diagnosis.verdict) {
		case 'healthy':
			return `completed${countsText(diagnosis)}`;
		case 'waiting':
			return 'has not started yet';
		case 'running':
			return `is running${countsText(diagnosis)}`;
		case 'paused':
			return 'is paused';
		case 'stuck':
			return 'is stuck';
		case 'failed':
			return 'failed';
		case 'not_delivered':
			return 'completed, but did not deliver its records';
		case 'records_dropped':
			return `completed, but records are missing${countsText(diagnosis)}`;
		case 'nothing_fetched':
			return 'completed, but fetched no records';
		case 'stopped':
			return 'was stopped';
	}
}

/** The records of the run, as far as it counts them. */
export function countsText({
	fetched,
	persisted,
}: Pick<Diagnosis, 'fetched' | 'persisted'>): string {
	const counts = [
		...(fetched === null ? [] : [`${fetched} fetched`]),
		...(persisted === null ? [] : [`${persisted} persisted`]),
	];
	return counts.length === 0 ? '' : `: ${counts.join(', ')}`;
}

/** Where the run stopped. This comes before the counts. After them, it would look like one of them. */
function placeText({ verdict, stopped_at: place }: Summarized): string {
	if (place === null || verdict === 'running' || verdict === 'paused') return '';
	const name = [place.resource, place.method].filter(Boolean).join(' ');
	const preposition = verdict === 'records_dropped' ? '; first at' : ' at';
	return `${preposition} ${jsonText(name, 120)}`;
}
