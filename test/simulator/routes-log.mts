import type { FastifyInstance } from 'fastify';

import { sendJson } from './answers.mts';
import type { Context } from './context.mts';
import { ApiError } from './errors.mts';
import { parseDate, single } from './list-filters.mts';
import type { Fields, Query } from './list-filters.mts';
import { listAnswer } from './list-pages.mts';
import type { OtherLogType } from './log-types.mts';
import { spokenLog } from './wire-log.mts';
import { spokenRetries } from './wire-retries.mts';
import { MAX_LIMIT } from './wire-list.mts';

/** "At most one month": the longest one. */
const MONTH_MS = 31 * 24 * 60 * 60 * 1_000;

/** The `log_type`s, and the `log_type_filter`s that each takes. */
const LOG_TYPES: Record<'rapid_bridge' | OtherLogType, readonly string[]> = {
	rapid_bridge: [
		'sync_job_run_id',
		'sync_job_id',
		'sync_job_run_event',
		'integrated_account_id',
		'webhook_id',
		'environment_id',
		'integration',
	],
	webhook: ['webhook_id', 'event', 'environment_id'],
	sync_job_cron_trigger: ['environment_id'],
	unified_proxy_api: ['request_type', 'integrated_account_id', 'integration', 'environment_id'],
};

/** `/log` */
export function addLogRoutes(app: FastifyInstance, { store }: Context): void {
	app.get<{ Querystring: Query }>('/log', (request, reply) => {
		const { query, environmentId } = request;
		const type = checkLogQuery(query);
		const entries =
			type === 'rapid_bridge'
				? store.logs.flatMap((entry) => spokenRetries(entry, store.dialect))
				: store.otherLogs[type];
		const own = entries.filter((entry) => entry.environment_id === environmentId);
		const filters = LOG_TYPES[type];
		const fields: Fields = Object.fromEntries(filters.map((name) => [name, 'string']));
		const text = listAnswer(own, listQuery(query, filters), {
			fields: { timestamp: 'date', ...fields },
			// Unclear: the order of the entries. Newest first, like runs.
			defaultSort: '-timestamp',
			defaultLimit: MAX_LIMIT,
			documentedMax: MAX_LIMIT,
			dialect: store.dialect,
			render: (entry) => JSON.stringify(spokenLog({ ...entry }, store.dialect)),
		});
		sendJson(reply, text);
	});
}

function checkLogQuery(query: Query): keyof typeof LOG_TYPES {
	const type = single(query, 'log_type') ?? '';
	if (!isLogType(type)) {
		const types = Object.keys(LOG_TYPES).join(', ');
		throw new ApiError(400, `log_type is required and must be one of ${types}`);
	}
	const from = single(query, 'created_at[gt]');
	const to = single(query, 'created_at[lt]');
	// Unclear: what is searched without a range. Here: everything.
	if (from === undefined) return type;
	if (to === undefined) throw new ApiError(400, 'created_at[lt] is required with created_at[gt]');
	const span = parseDate(to, 'created_at[lt]') - parseDate(from, 'created_at[gt]');
	if (span > MONTH_MS) throw new ApiError(400, 'created_at must not span more than one month');
	return type;
}

function isLogType(type: string): type is keyof typeof LOG_TYPES {
	return Object.hasOwn(LOG_TYPES, type);
}

const PARAMETERS: Record<string, string> = {
	'created_at[gt]': 'timestamp[gt]',
	'created_at[lt]': 'timestamp[lt]',
	limit: 'limit',
	next_cursor: 'next_cursor',
	prev_cursor: 'prev_cursor',
};

// The logs' parameters in the words of the other lists.
function listQuery(query: Query, filters: readonly string[]): Query {
	const entries = Object.entries(query)
		.filter(([name]) => name !== 'log_type')
		.map(([name, value]): [string, string | string[]] => {
			const [, filter = ''] = /^log_type_filter\[(\w+)\]$/.exec(name) ?? [];
			const renamed = filters.includes(filter) ? filter : PARAMETERS[name];
			if (renamed === undefined) throw new ApiError(400, `Unknown query parameter: ${name}`);
			return [renamed, value];
		});
	return Object.fromEntries(entries);
}
