import { isUnhealthy } from '../verdict';
import type { ReportInput } from './report';
import { countsText, headline, periodText, stateText, syncName } from './words';

/** How many syncs the text names: a message of thousands of lines helps nobody. */
const MOST_NAMED = 50;

/** The report as plain text: a headline, then a line for each sync that needs attention. */
export function reportText(input: ReportInput): string {
	const unhealthy = input.rows.filter(({ health }) => isUnhealthy(health));
	const lines = unhealthy
		.slice(0, MOST_NAMED)
		.map((row) => `- ${syncName(row)} ${stateText(row, input)}. ${row.next_step}`);
	const more = unhealthy.length - lines.length;
	const counts = countsText(input);
	return [
		`${headline(input)} (${[periodText(input), counts].filter(Boolean).join('; ')}).`,
		...lines,
		...(more > 0 ? [`- and ${more} more`] : []),
	].join('\n');
}
