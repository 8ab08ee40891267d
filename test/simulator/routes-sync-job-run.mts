import type { FastifyInstance } from 'fastify';

import { sendDone, sendJson } from './answers.mts';
import { objectBody } from './body-fields.mts';
import type { Context } from './context.mts';
import type { Fields, Query } from './list-filters.mts';
import { listAnswer } from './list-pages.mts';
import { findOwned } from './owned-routes.mts';
import type { IdParams } from './owned-routes.mts';
import { isListed } from './run-clock.mts';
import { readStart } from './start-run.mts';
import type { SyncJobRun } from './types.mts';
import { spokenAccount, spokenRunText } from './wire-run.mts';

const RUN_FIELDS: Fields = {
	id: 'string',
	sync_job_id: 'string',
	integrated_account_id: 'string',
	status: 'string',
	webhook_id: 'string',
	daemon_group_key: 'string',
	error_handling: 'string',
	created_at: 'date',
	updated_at: 'date',
	started_at: 'date',
	finished_at: 'date',
};

/** `/sync-job-run`: one, list, start, stop. */
export function addRunRoutes(app: FastifyInstance, { store }: Context): void {
	const { dialect } = store;
	const collection = { what: 'Sync job run', items: store.runs };

	app.get<IdParams>('/sync-job-run/:id', (request, reply) => {
		const run = findOwned(collection, request.params.id, request.environmentId);
		sendJson(reply, spokenRunText(run, 'get', dialect));
	});

	app.get<{ Querystring: Query }>('/sync-job-run', (request, reply) => {
		const { environmentId, query } = request;
		const now = store.clock.now();
		const runs = store
			.runsNewestFirst()
			.filter((run) => run.environment_id === environmentId && isListed(run, now, dialect));
		const text = listAnswer(runs, query, {
			fields: RUN_FIELDS,
			// Unclear: the order without `sort`.
			defaultSort: '-created_at',
			presorted: '-created_at',
			dialect,
			// Truto cannot find a run by an account that the run does not have.
			filtered: (run: SyncJobRun) =>
				'integrated_account_id' in query ? spokenAccount(run, dialect) : run,
			render: (run) => spokenRunText(run, 'list', dialect),
		});
		sendJson(reply, text);
	});

	app.post('/sync-job-run', (request, reply) => {
		const { input, mutexKey } = readStart(store, objectBody(request.body), request.environmentId);
		const run = store.startRun(input, mutexKey);
		// Unclear: 200 or 201.
		sendJson(reply.code(201), spokenRunText(run, 'get', dialect));
	});

	app.delete<IdParams>('/sync-job-run/:id', (request, reply) => {
		const run = findOwned(collection, request.params.id, request.environmentId);
		store.deleteRun(run);
		sendDone(reply, dialect.deleteAnswer, run.id);
	});
}
