import { fetchLastRun, listSchedules, type ScheduleFilter } from '../../../../lib/api/schedules';
import { withNamesIfShown } from '../../../../lib/n8n/names';
import { operation } from '../../../../lib/n8n/operation';
import { addedSwitch, filters } from '../../../../lib/parameters/collection';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { integratedAccountOf, syncJobOf } from '../../../../lib/parameters/filters';
import { limit } from '../../../../lib/parameters/paging';
import { shape } from '../../../../lib/parameters/shape';
import { isLate } from '../../../../lib/schedules/schedule';
import { shapedList } from '../../../../lib/shape';
import { SYNC_JOB_RUN } from '../../../../lib/truto/kinds';
import type { Run } from '../../../../lib/truto/run';
import type { Schedule } from '../../../../lib/truto/schedule';
import { outputSchedule, type LastRun } from './output';

/** How each of them is sent to Truto, and checked in its answer, is in `listSchedules`. */
const scheduleFilters = filters('schedules', {
	integratedAccountId: integratedAccountOf('schedules'),
	syncJobId: syncJobOf('schedules'),
} satisfies Record<keyof ScheduleFilter, unknown>);

const includeLastRun = addedSwitch({
	displayName: 'Include Last Run',
	name: 'includeLastRun',
	type: 'boolean',
	default: true,
	description:
		"Whether to add the last run of each schedule's sync job and account, and whether the schedule is late, which means that it has missed two runs. Takes one or two more requests per schedule.",
});

export const getAll = operation({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many schedules',
		description:
			"List schedules, filtered by sync job or integrated account, with their next run times. With 'Include Last Run', also whether they are late.",
	},
	parameters: { limit, filters: scheduleFilters, shape },
	options: { includeLastRun, includeNames: includeNames(true) },
	onlyReads: true,
	run: async (values, item) => {
		const { client, timeZone } = item;
		const listed = await listSchedules(client, values.filters, values.limit);
		const choice = { ...values.options, output: { shape: values.shape } };
		const schedules = await withNamesIfShown(listed, choice, item);
		const now = Date.now();
		const rowsWith = async (
			lastRunOf: (schedule: Schedule, index: number) => LastRun | undefined,
		) =>
			await shapedList(values.shape, (one) =>
				schedules.map((schedule, index) =>
					outputSchedule(schedule, one, timeZone, now, lastRunOf(schedule, index)),
				),
			);
		if (!values.options.includeLastRun) return await rowsWith(() => undefined);
		// The names of fields are checked before there is a request for each schedule.
		if (values.shape.kind === 'fields') {
			await rowsWith((schedule) => lastRun(schedule, undefined, now));
		}
		const lastRuns = await Promise.all(
			schedules.map(async (one) => lastRun(one, await fetchLastRun(client, one), now)),
		);
		return await rowsWith((_, index) => lastRuns[index]);
	},
});

/** @param run undefined if it isn't known which one is the last, null if there is none */
function lastRun(schedule: Schedule, run: Run | null | undefined, now: number): LastRun {
	return {
		columns: {
			is_late: run === undefined ? null : isLate(schedule, run, now),
			last_run_status: run?.status ?? null,
			last_run_at: run?.createdAt.text ?? null,
			last_run_finished_at: run?.finishedAt.text ?? null,
		},
		ids: { [SYNC_JOB_RUN.idField]: run?.id ?? null },
	};
}
