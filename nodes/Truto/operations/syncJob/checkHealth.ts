import { healthRow, worstFirst } from '../../../../lib/health/healthRow';
import { reportOf } from '../../../../lib/health/report/report';
import { isUnhealthy } from '../../../../lib/health/verdict';
import { operation } from '../../../../lib/n8n/operation';
import { filters } from '../../../../lib/parameters/collection';
import {
	integratedAccountOf,
	integrationNameOf,
	syncJobOf,
	tenantIdOf,
} from '../../../../lib/parameters/filters';
import { boolean, choice, number } from '../../../../lib/parameters/parameter';
import { andList, countOf } from '../../../../lib/text';
import { readSyncs } from './readSyncs';

const output = choice({
	displayName: 'Output',
	name: 'healthOutput',
	type: 'options',
	options: [
		{
			name: 'One Item per Sync',
			value: 'syncs',
			description: 'A row for each sync, the worst one first',
		},
		{
			name: 'One Report',
			value: 'report',
			description: 'One item with counts, a text, a Slack message and HTML for an email',
		},
	],
	default: 'syncs',
	description: 'What to return',
});

const periodHours = number({
	displayName: 'Period (Hours)',
	name: 'periodHours',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 744 },
	default: 24,
	description:
		'How far back to look at runs. Record counts are compared with those of the period before.',
});

const syncFilters = filters('syncs', {
	integratedAccountId: integratedAccountOf('syncs'),
	integrationName: integrationNameOf('syncs'),
	onlyUnhealthy: boolean({
		displayName: 'Only Unhealthy',
		name: 'onlyUnhealthy',
		type: 'boolean',
		default: true,
		description:
			'Whether to return only syncs that somebody must act on. A report always lists only those, and counts all.',
	}),
	syncJobId: syncJobOf('syncs'),
	tenantId: tenantIdOf('syncs'),
});

const lateAfterHours = number({
	displayName: 'Late After (Hours)',
	name: 'lateAfterHours',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 744 },
	default: 0,
	description:
		'How long a sync can go without a success before it counts as late. With 0, its schedule decides: it is late when it has missed two runs.',
});

export const checkHealth = operation({
	option: {
		name: 'Check Health',
		value: 'checkHealth',
		action: 'Check the health of syncs',
		description:
			"Find out which customers' syncs are broken, since when, who has to act and what to do next",
	},
	parameters: { output, periodHours, filters: syncFilters },
	options: { lateAfterHours },
	isCustom: true,
	onlyReads: true,
	run: async (values, item) => {
		const { timeZone, nodeRun, hint, parameters } = item;
		const { onlyUnhealthy, ...filter } = values.filters;
		const { syncJobId, integratedAccountId, tenantId } = filter;
		// Hundreds of healthy syncs cost an agent tokens. If it asks about some of them, it gets them all.
		const isBroadAsk = parameters.isTool && !(syncJobId ?? integratedAccountId ?? tenantId);
		const rules = {
			// All items look at the same moment, so that they can share what they read.
			now: await nodeRun.once('now', async () => await Promise.resolve(Date.now())),
			periodHours: values.periodHours,
			lateAfterHours: values.options.lateAfterHours || undefined,
		};
		const hours = Math.max(2 * rules.periodHours, rules.lateAfterHours ?? 0);
		const { syncs, notRead } = await nodeRun.once(
			`syncs of ${hours} hours ${JSON.stringify(filter)}`,
			async () => await readSyncs(item, { now: rules.now, hours }, filter),
		);
		if (notRead.length > 0) {
			hint(
				`The API token isn't allowed to list ${andList(notRead)}, so the columns that need them are empty. Use a token that is.`,
			);
		}
		const rows = worstFirst(syncs.map((sync) => healthRow(sync, rules)));
		const unknown = rows.filter(({ health }) => health === 'unknown').length;
		if (unknown > 0) {
			hint(
				`The health of ${countOf(unknown, 'sync')} is unknown: no run was found in the time that was read. To look further back, raise 'Period (Hours)'.`,
			);
		}
		if (values.output === 'report') {
			return [reportOf({ rows, periodHours: rules.periodHours, timeZone, now: rules.now })];
		}
		return (onlyUnhealthy ?? isBroadAsk) ? rows.filter(({ health }) => isUnhealthy(health)) : rows;
	},
});
