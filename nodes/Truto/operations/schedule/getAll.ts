import type { INodeProperties } from 'n8n-workflow';

import type { TrutoClient } from '../../../../lib/transport/client';
import { fetchLastRun, listSchedules } from '../../../../lib/api/schedules';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, Operation } from '../../../../lib/n8n/operation';
import {
	integratedAccountProperty,
	optional,
	syncJobProperty,
} from '../../../../lib/parameters/locators';
import { pageSizeOption, pagingProperties, readLimit } from '../../../../lib/parameters/paging';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { readShape, shapeProperties } from '../../../../lib/parameters/shape';
import { isLate } from '../../../../lib/schedules/schedule';
import { INTEGRATED_ACCOUNT, SYNC_JOB } from '../../../../lib/truto/kinds';
import type { Schedule } from '../../../../lib/truto/schedule';
import { outputSchedule } from './output';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which schedules to return: those that match all filters',
	options: [optional(integratedAccountProperty), optional(syncJobProperty)],
};

const includeLastRun: INodeProperties = {
	displayName: 'Include Last Run',
	name: 'includeLastRun',
	type: 'boolean',
	default: false,
	description:
		"Whether to add the last run of each schedule's sync job and account, and whether the schedule is late: it has missed two runs. Takes one more request per schedule.",
};

const options = optionsProperty([includeLastRun, pageSizeOption]);

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many schedules',
		description:
			'List schedules, filtered by sync job or integrated account, with their next run times and whether they are late',
	},
	properties: [...pagingProperties, filters, ...shapeProperties, options],
	run: getManySchedules,
};

async function getManySchedules(item: ItemContext): Promise<JsonRecord[]> {
	const { parameters, client, timeZone } = item;
	const shape = readShape(parameters);
	const wanted = parameters.in(filters);
	const given = parameters.in(options);
	const isLastRunWanted = given.boolean(includeLastRun);
	const schedules = await listSchedules(client, {
		syncJobId: wanted.added(syncJobProperty, () => wanted.id(syncJobProperty, SYNC_JOB)),
		integratedAccountId: wanted.added(integratedAccountProperty, () =>
			wanted.id(integratedAccountProperty, INTEGRATED_ACCOUNT),
		),
		limit: readLimit(parameters),
		pageSize: given.number(pageSizeOption),
	});
	const now = Date.now();
	return await Promise.all(
		schedules.map(async (schedule) => ({
			...outputSchedule(schedule, shape, timeZone, now),
			...(isLastRunWanted ? await lastRunColumns(client, schedule, now) : {}),
		})),
	);
}

async function lastRunColumns(
	client: TrutoClient,
	schedule: Schedule,
	now: number,
): Promise<JsonRecord> {
	const run = await fetchLastRun(client, schedule);
	return {
		is_late: run === undefined ? null : isLate(schedule, run, now),
		last_run_id: run?.id ?? null,
		last_run_status: run?.status ?? null,
		last_run_created_at: run?.createdAt.text ?? null,
		last_run_finished_at: run?.finishedAt.text ?? null,
	};
}
