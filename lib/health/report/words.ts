import { countOf } from '../../text';
import { shortTime } from '../../zonedTime';
import type { HealthRow } from '../healthRow';
import { HEALTHS, isUnhealthy, type Health } from '../verdict';
import type { ReportInput } from './report';

/** What people call each state, as the end of "acme: HubSpot contacts …". */
export const HEALTH_WORDS: Record<Health, string> = {
	reconnect: 'needs reconnecting',
	stuck: 'is stuck',
	failing: 'is failing',
	late: 'is late',
	losing_records: 'is losing records',
	stopped: 'has stopped',
	running: 'is running',
	unknown: 'has no known run',
	never_ran: 'has not run yet',
	healthy: 'is healthy',
};

/** The same, before the time when it began. */
const SINCE_WORDS: Record<Health, string> = {
	reconnect: 'has needed reconnecting since',
	stuck: 'has been stuck since',
	failing: 'has been failing since',
	late: 'has been late since',
	losing_records: 'has been losing records since',
	stopped: 'stopped on',
	running: 'has been running since',
	unknown: 'has had no known run since',
	never_ran: 'has been waiting for its first run since',
	healthy: 'has been healthy since',
};

/** What people call each state, after a number of syncs. */
const COUNTED: Record<Health, string> = {
	reconnect: 'to reconnect',
	stuck: 'stuck',
	failing: 'failing',
	late: 'late',
	losing_records: 'losing records',
	stopped: 'stopped',
	running: 'running',
	unknown: 'without a known run',
	never_ran: 'not run yet',
	healthy: 'healthy',
};

/** Such as `3 of 203 syncs need attention` or `200 of 203 syncs are fine, 3 are without a known run`. */
export function headline({ rows }: ReportInput): string {
	if (rows.length === 0) return 'No syncs were found';
	const broken = rows.filter(({ health }) => isUnhealthy(health)).length;
	if (broken > 0) {
		return `${partOf(rows, broken)} ${broken === 1 ? 'needs' : 'need'} attention`;
	}
	const unknown = rows.filter(({ health }) => health === 'unknown').length;
	const fine = rows.length - unknown;
	if (fine === 0) return `${partOf(rows, unknown)} ${are(unknown)} ${COUNTED.unknown}`;
	const rest = unknown === 0 ? '' : `, ${unknown} ${are(unknown)} ${COUNTED.unknown}`;
	return `${partOf(rows, fine)} ${are(fine)} fine${rest}`;
}

function partOf(rows: HealthRow[], count: number): string {
	if (count < rows.length) return `${count} of ${rows.length} syncs`;
	if (count === 1) return 'The only sync';
	return count === 2 ? 'Both syncs' : `All ${count} syncs`;
}

function are(count: number): string {
	return count === 1 ? 'is' : 'are';
}

/** How many syncs there are in each state, such as `1 to reconnect, 2 late, 200 healthy`. */
export function countsText({ rows }: ReportInput): string {
	return HEALTHS.map((health) => {
		const count = rows.filter((row) => row.health === health).length;
		return count === 0 ? '' : `${count} ${COUNTED[health]}`;
	})
		.filter(Boolean)
		.join(', ');
}

/** Such as `last 24 hours`. */
export function periodText({ periodHours }: ReportInput): string {
	return periodHours === 1 ? 'last hour' : `last ${countOf(periodHours, 'hour')}`;
}

/** Whose sync it is, such as `acme: HubSpot contacts`. */
export function syncName(row: HealthRow): string {
	const job = row.sync_job_label ?? row.integration_name ?? row.sync_job_id;
	const names = [row.tenant_id, job].filter((name) => name !== null);
	return names.join(': ') || 'A sync without a name';
}

/** Such as `has been failing since 28 Nov 14:36 (3 failed runs in a row)`. */
export function stateText(row: HealthRow, input: ReportInput): string {
	const since = sinceText(row, input);
	const state = since === '' ? HEALTH_WORDS[row.health] : `${SINCE_WORDS[row.health]} ${since}`;
	const failed = row.failures_in_a_row;
	return failed > 1 ? `${state} (${failed} failed runs in a row)` : state;
}

/** When the state began, such as `28 Nov 14:36`; `''` if that is not known. */
export function sinceText({ since }: HealthRow, { timeZone, now }: ReportInput): string {
	return since === null ? '' : shortTime(Date.parse(since), timeZone, now);
}
