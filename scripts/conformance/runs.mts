import { row, type Row } from './row.mts';
import { instant, isObject, type Json } from './truto.mts';

const TIMES = ['created_at', 'updated_at', 'started_at', 'finished_at', 'timestamp'];

/** D4: how times are written. */
export function timesRow(entries: Json[]): Row {
	const times = entries.flatMap((entry) => TIMES.map((name) => entry[name]));
	const forms = times.filter((time) => typeof time === 'string').map(timeForm);
	return row('D4', 'times', forms.sort(), 'there are no runs');
}

function timeForm(time: string): string {
	if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(time)) return '2026-04-01T10:00:00.000Z';
	if (/^\d{4}-\d\d-\d\d [\d:.]+$/.test(time)) return '2026-04-01 10:00:00';
	return time.replace(/\d/g, '9').slice(0, 40);
}

/** D6: the keys and values of `resource_stats`. */
export function statsRows(runs: Json[]): Row[] {
	const stats = runs.flatMap((run) =>
		isObject(run.resource_stats)
			? Object.entries(run.resource_stats).map(([key, value]) => ({ run, key, value }))
			: [],
	);
	return [
		row(
			'D6',
			'keys of resource_stats',
			stats.map(({ run, key }) => keyForm(run, key)),
			'no run has statistics',
		),
		row(
			'D6',
			'value of a method',
			stats.flatMap(({ value }) => (isObject(value) ? Object.values(value).map(valueForm) : [])),
			'no run has statistics',
		),
		row(
			'D6',
			'stats of a run without',
			runs.flatMap((run) => emptyForm(run)),
			'every run has statistics',
		),
	];
}

/** Nodes and their resources are told by the run's own `resources`. */
function keyForm({ resources }: Json, key: string): string {
	const requests = Array.isArray(resources) ? resources.filter(isObject) : [];
	if (requests.some(({ type, name }) => type === 'request' && name === key)) return 'node name';
	if (key.includes('/')) return 'crm/contacts';
	const isPlain = requests.some(({ resource }) => String(resource).endsWith(`/${key}`));
	if (isPlain) return 'contacts for crm/contacts';
	return requests.some(({ resource }) => resource === key)
		? 'contacts as in the job'
		: 'a name that is not in the job';
}

function valueForm(value: unknown): string {
	if (!isObject(value)) return `a ${typeof value}`;
	const names = Object.keys(value).sort();
	return names.length > 0 ? `an object: ${names.slice(0, 8).join(', ')}` : 'an empty object';
}

function emptyForm(run: Json): string[] {
	if (!('resource_stats' in run)) return ['absent'];
	const { resource_stats: stats } = run;
	if (stats === null) return ['null'];
	return isObject(stats) && Object.keys(stats).length === 0 ? ['{}'] : [];
}

/** D7: the account of runs whose job takes it as an argument. */
export function accountRow(runs: Json[]): Row {
	const forms = runs
		.filter(({ args }) => isObject(args) && typeof args.integrated_account_id === 'string')
		.map((run) => {
			if (!('integrated_account_id' in run)) return 'absent';
			return run.integrated_account_id === null ? 'null' : 'given';
		});
	return row('D7', 'account of a run', forms, 'no run has the account as an argument');
}

/** D12: the sync job in a run. */
export function syncJobRows(listed: Json[], single: Json | undefined): Row[] {
	return [
		row('D12', 'sync_job in a list', listed.map(jobForm), 'there are no runs'),
		row('D12', 'sync_job on Get', single ? [jobForm(single)] : [], 'there are no runs'),
	];
}

function jobForm({ sync_job: job }: Json): string {
	if (!isObject(job)) return 'absent';
	return 'label' in job ? 'there, with label' : 'there, without label';
}

/** D16: the times of runs in the list. */
export function createdTogetherRow(runs: Json[]): Row {
	const times = runs.map((run) => instant(run.created_at)).filter((time) => !Number.isNaN(time));
	const isShared = new Set(times).size < times.length;
	const forms = times.length < 2 ? [] : [isShared ? 'some runs have the same' : 'each its own'];
	return row('D16', 'created_at of runs', forms, 'there are no two runs');
}

/** D18: what names the environment. @param others further lists that were read, by the name of what they hold */
export function environmentRows(
	runs: Json[],
	single: Json | undefined,
	others: Record<string, Json[]>,
): Row[] {
	const form = (thing: Json) => ('environment_id' in thing ? 'given' : 'absent');
	return [
		row('D18', 'environment_id in a list', runs.map(form), 'there are no runs'),
		row('D18', 'environment_id on Get', single ? [form(single)] : [], 'there are no runs'),
		...Object.entries(others).map(([name, things]) =>
			row('D18', `environment_id of ${name}`, things.map(form), `there are no ${name}`),
		),
	];
}
