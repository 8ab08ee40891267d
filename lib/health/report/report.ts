import type { JsonRecord } from '../../json';
import type { HealthRow } from '../healthRow';
import { HEALTHS, isUnhealthy } from '../verdict';
import { reportHtml } from './html';
import { reportSlackMessage } from './slackMessage';
import { reportText } from './text';
import { headline } from './words';

/** What the texts of a report are made of. */
export interface ReportInput {
	/** The worst ones first. */
	rows: HealthRow[];
	periodHours: number;
	/** The workflow's, such as `Europe/Berlin`. */
	timeZone: string;
	/** Milliseconds since 1970. */
	now: number;
}

/** How many unhealthy syncs the list has at most, so that the item stays small. */
const MOST_LISTED = 500;

/**
 * All syncs in one item: a headline, counts by health, the unhealthy ones as a list, and the same as a
 * text, a message for Slack and a table for an email.
 */
export function reportOf(input: ReportInput): JsonRecord {
	const unhealthy = input.rows.filter(({ health }) => isUnhealthy(health));
	return {
		headline: headline(input),
		syncs: input.rows.length,
		needs_attention: unhealthy.length,
		...countsByHealth(input.rows),
		text: reportText(input),
		slack_message: reportSlackMessage(input),
		html: reportHtml(input),
		unhealthy: unhealthy.slice(0, MOST_LISTED),
	};
}

function countsByHealth(rows: HealthRow[]): Record<string, number> {
	return Object.fromEntries(
		HEALTHS.map((health) => [health, rows.filter((row) => row.health === health).length]),
	);
}
