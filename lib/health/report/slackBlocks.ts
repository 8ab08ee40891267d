import type { JsonRecord } from '../../json';
import { slackText } from '../../runs/diagnose/summary';
import { cutText } from '../../text';
import type { HealthRow } from '../healthRow';
import { isUnhealthy } from '../verdict';
import type { ReportInput } from './report';
import { countsText, headline, periodText, stateText, syncName } from './words';

/** Slack allows 50 blocks in a message; the headline and the last line take two. */
const MOST_NAMED = 45;

/** Slack allows 3,000 characters in a section. Escaping makes texts up to 5 times as long. */
const LONGEST_PART = 280;

/** The report as a list of Block Kit blocks, for *Blocks* in n8n's Slack node. */
export function reportSlackBlocks(input: ReportInput): JsonRecord[] {
	const unhealthy = input.rows.filter(({ health }) => isUnhealthy(health));
	const named = unhealthy.slice(0, MOST_NAMED);
	const more = unhealthy.length - named.length;
	const last = [more > 0 ? `and ${more} more` : '', periodText(input), countsText(input)].filter(
		Boolean,
	);
	return [
		{ type: 'header', text: { type: 'plain_text', text: cutText(headline(input), 150) } },
		...named.map((row) => section(syncLines(row, input.timeZone))),
		{ type: 'context', elements: [markdown(last.join(' · '))] },
	];
}

function syncLines(row: HealthRow, timeZone: string): string {
	const name = escaped(syncName(row).replaceAll('*', '∗'));
	return `*${name}* ${escaped(stateText(row, timeZone))}\n${escaped(row.next_step)}`;
}

function section(text: string): JsonRecord {
	return { type: 'section', text: markdown(text) };
}

/** `verbatim` keeps Slack from turning names and addresses into links. */
function markdown(text: string): JsonRecord {
	return { type: 'mrkdwn', text, verbatim: true };
}

function escaped(text: string): string {
	return slackText(cutText(text.replace(/\s+/g, ' '), LONGEST_PART));
}
