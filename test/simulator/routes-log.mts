import type { FastifyInstance } from 'fastify';

import { sendJson } from './answers.mts';
import type { Context } from './context.mts';
import { ApiError } from './errors.mts';
import { parseDate, single } from './list-filters.mts';
import type { Query } from './list-filters.mts';
import { listAnswer } from './list-pages.mts';
import type { LogEntry } from './types.mts';

/** "At most one month": the longest one. */
const MONTH_MS = 31 * 24 * 60 * 60 * 1_000;

/** `/log` */
export function addLogRoutes(app: FastifyInstance, { store }: Context): void {
	app.get<{ Querystring: Query }>('/log', (request, reply) => {
		const { query, environmentId } = request;
		checkLogQuery(query);
		const entries = store.logs.filter((entry) => entry.environment_id === environmentId);
		const text = listAnswer(entries, listQuery(query), {
			fields: {
				timestamp: 'date',
				sync_job_run_id: 'string',
				sync_job_run_event: 'string',
			},
			// Unclear: the order of the entries. Newest first, like runs.
			defaultSort: '-timestamp',
			defaultLimit: 100,
			envelope: store.listEnvelope,
			render: renderEntry,
		});
		sendJson(reply, text);
	});
}

function checkLogQuery(query: Query): void {
	if (single(query, 'log_type') !== 'rapid_bridge') {
		throw new ApiError(400, 'log_type is required and must be rapid_bridge');
	}
	const from = single(query, 'created_at[gt]');
	const to = single(query, 'created_at[lt]');
	// Unclear: what is searched without a range. Here: everything.
	if (from === undefined) return;
	if (to === undefined) throw new ApiError(400, 'created_at[lt] is required with created_at[gt]');
	const span = parseDate(to, 'created_at[lt]') - parseDate(from, 'created_at[gt]');
	if (span > MONTH_MS) throw new ApiError(400, 'created_at must not span more than one month');
}

const PARAMETERS: Record<string, string> = {
	'created_at[gt]': 'timestamp[gt]',
	'created_at[lt]': 'timestamp[lt]',
	'log_type_filter[sync_job_run_id]': 'sync_job_run_id',
	'log_type_filter[sync_job_run_event]': 'sync_job_run_event',
	limit: 'limit',
	next_cursor: 'next_cursor',
	prev_cursor: 'prev_cursor',
};

// The logs' parameters in the words of the other lists.
function listQuery(query: Query): Query {
	const entries = Object.entries(query)
		.filter(([name]) => name !== 'log_type')
		.map(([name, value]): [string, string | string[]] => {
			const renamed = PARAMETERS[name];
			if (renamed === undefined) throw new ApiError(400, `Unknown query parameter: ${name}`);
			return [renamed, value];
		});
	return Object.fromEntries(entries);
}

function renderEntry(entry: LogEntry): string {
	const internal = { id: undefined, environment_id: undefined, sync_job_run_event: undefined };
	return JSON.stringify({ ...entry, ...internal });
}
