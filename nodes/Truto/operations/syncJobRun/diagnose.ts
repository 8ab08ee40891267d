import { fetchRun } from '../../../../lib/api/syncJobRuns';
import { nameBookOf } from '../../../../lib/n8n/names';
import { operation } from '../../../../lib/n8n/operation';
import { addedSwitch } from '../../../../lib/parameters/collection';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { syncJobRun } from '../../../../lib/parameters/locators';
import { stuckAfterMinutes } from '../../../../lib/parameters/stuckAfterMinutes';
import { slackMessage } from '../../../../lib/runs/diagnose/slackMessage';
import { diagnoseRun } from './diagnoseRun';

const includeSlackBlocks = addedSwitch({
	displayName: 'Slack Blocks',
	name: 'slackBlocks',
	type: 'boolean',
	default: true,
	description:
		"Whether to add the diagnosis as a message for Slack in the column slack_message, for 'Blocks' in n8n's Slack node",
});

export const diagnose = operation({
	option: {
		name: 'Diagnose',
		value: 'diagnose',
		action: 'Diagnose a sync job run',
		description:
			'Find out whether a sync job run is broken, why, who has to act and what to do next',
	},
	parameters: { id: syncJobRun },
	options: { includeNames: includeNames(true), includeSlackBlocks, stuckAfterMinutes },
	onlyReads: true,
	run: async ({ id, options }, item) => {
		const { client } = item;
		const run = await fetchRun(client, id);
		const diagnosis = await diagnoseRun(client, run, {
			stuckAfterMinutes: options.stuckAfterMinutes,
			names: options.includeNames ? await nameBookOf(item) : undefined,
		});
		if (!options.includeSlackBlocks) return [diagnosis];
		return [{ ...diagnosis, slack_message: slackMessage(diagnosis) }];
	},
});
