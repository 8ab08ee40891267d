import type { JsonRecord } from '../../json';
import { bold, escaped, section, slackText, smallPrint } from '../../slack';
import { cutText, sentenceCase } from '../../text';
import { isUnhealthy } from '../verdict';
import type { ReportInput } from './report';
import { countsText, headline, periodText, stateText, syncName } from './words';

/** Slack allows 50 blocks in a message; the headline and the last line take two. */
const MOST_NAMED = 45;

/** The report as a message for Slack, for *Blocks* in n8n's Slack node: Block Kit, and its headline as a text. */
export function reportSlackMessage(input: ReportInput): JsonRecord {
	const unhealthy = input.rows.filter(({ health }) => isUnhealthy(health));
	const named = unhealthy.slice(0, MOST_NAMED);
	const more = unhealthy.length - named.length;
	const facts = [more > 0 ? `and ${more} more` : '', periodText(input), countsText(input)];
	return {
		text: slackText(headline(input)),
		blocks: [
			{ type: 'header', text: { type: 'plain_text', text: cutText(headline(input), 150) } },
			...named.map((row) =>
				section(
					// Escaped, each is up to 5 times as long, and a block takes 3,000 characters.
					`*${bold(cutText(syncName(row), 150))}* ${escaped(stateText(row, input))}\n${escaped(cutText(row.next_step, 300))}`,
				),
			),
			smallPrint(sentenceCase(facts.filter(Boolean).join(' · '))),
		],
	};
}
