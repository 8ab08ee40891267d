import type { JsonRecord } from '../../json';
import { bold, escaped, markdown, section, slackText, smallPrint } from '../../slack';
import { ACTOR_NAMES, type Diagnosis } from './diagnosis';
import { countsText, nameOf } from './summary';

/**
 * The diagnosis as a message for Slack, for *Blocks* in n8n's Slack node: Block Kit, and the summary as the
 * text of the notification. All texts that come from Truto are escaped, so a resource's name can't become a
 * link or a mention.
 */
export function slackMessage(diagnosis: Diagnosis): JsonRecord {
	return { text: slackText(diagnosis.summary), blocks: blocksOf(diagnosis) };
}

function blocksOf(diagnosis: Diagnosis): JsonRecord[] {
	const { verdict, sync_job_run_id: id, next_step: nextStep, errors } = diagnosis;
	const title = `*${bold(nameOf(diagnosis) ?? 'Sync job run')}: ${verdict.replaceAll('_', ' ')}*`;
	const blocks = [section(`${title}\n${escaped(nextStep)}`), fields(diagnosis)];
	if (errors.first !== null) blocks.push(section(`*First error*\n>${escaped(errors.first)}`));
	blocks.push(smallPrint(`Sync job run ${escaped(id ?? 'without an ID')}`));
	return blocks;
}

function fields(diagnosis: Diagnosis): JsonRecord {
	const { cause_name: cause, who_acts: actor, stopped_at: place } = diagnosis;
	const entries: Array<[string, string | null]> = [
		['Customer', diagnosis.tenant_id],
		['Status', diagnosis.status],
		['Cause', cause],
		['Who acts', ACTOR_NAMES[actor]],
		['Stopped at', place && [place.resource, place.method].filter(Boolean).join(' ')],
		['Records', countsText(diagnosis).replace(/^: /, '') || null],
		['Errors', diagnosis.errors.count > 0 ? String(diagnosis.errors.count) : null],
		['Not checked', diagnosis.not_checked.join(', ') || null],
	];
	return {
		type: 'section',
		fields: entries
			.filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== '')
			.map(([name, value]) => markdown(`*${name}*\n${escaped(value)}`)),
	};
}
