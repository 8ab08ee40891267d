import type { INodeProperties } from 'n8n-workflow';

import { fetchRun } from '../../../../lib/api/syncJobRuns';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, Operation } from '../../../../lib/n8n/operation';
import { syncJobRunProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { slackMessage } from '../../../../lib/runs/diagnose/slackMessage';
import { SYNC_JOB_RUN } from '../../../../lib/truto/kinds';
import { diagnoseRun } from './diagnoseRun';
import { stuckAfterMinutes } from './stuckAfter';

const includeSlackBlocks: INodeProperties = {
	displayName: 'Slack Blocks',
	name: 'slackBlocks',
	type: 'boolean',
	default: false,
	description:
		"Whether to add the diagnosis as a message for Slack in the column slack_message, for 'Blocks' in n8n's Slack node",
};

const options = optionsProperty([includeSlackBlocks, stuckAfterMinutes]);

export const diagnose: Operation = {
	option: {
		name: 'Diagnose',
		value: 'diagnose',
		action: 'Diagnose a sync job run',
		description:
			'Find out whether a sync job run is broken, why, who has to act and what to do next',
	},
	properties: [syncJobRunProperty, options],
	run: diagnoseItem,
};

async function diagnoseItem({ parameters, client }: ItemContext): Promise<JsonRecord[]> {
	const given = parameters.in(options);
	const minutes = given.number(stuckAfterMinutes);
	const withBlocks = given.boolean(includeSlackBlocks);
	const run = await fetchRun(client, parameters.id(syncJobRunProperty, SYNC_JOB_RUN));
	const diagnosis = await diagnoseRun(client, run, minutes);
	if (!withBlocks) return [diagnosis];
	return [{ ...diagnosis, slack_message: slackMessage(diagnosis) }];
}
