import type { FastifyInstance } from 'fastify';

import { sendDone, sendJson } from './answers.mts';
import { objectBody, objectField, optionalChoice, optionalText, pick } from './body-fields.mts';
import type { Body } from './body-fields.mts';
import type { Context } from './context.mts';
import { ApiError, notFound } from './errors.mts';
import { addReadRoutes, findOwned } from './owned-routes.mts';
import type { IdParams } from './owned-routes.mts';
import { ERROR_HANDLING, SUPER_QUERY } from './start-run.mts';
import type { CronTrigger } from './types.mts';
import { spokenTimes } from './wire-times.mts';

const PATH = '/sync-job-cron-trigger';

/** `/sync-job-cron-trigger`: list, one, create, change, remove, schedule. */
export function addCronTriggerRoutes(app: FastifyInstance, { store, clock }: Context): void {
	const collection = {
		path: PATH,
		what: 'Sync job cron trigger',
		items: store.cronTriggers,
		fields: {
			id: 'string',
			integrated_account_id: 'string',
			created_at: 'date',
			updated_at: 'date',
		} as const,
		dialect: store.dialect,
		render: (trigger: CronTrigger) => spoken(trigger),
	};
	addReadRoutes(app, collection);

	app.post(PATH, (request, reply) => {
		const fields = readTrigger(objectBody(request.body), request.environmentId);
		for (const name of ['sync_job_id', 'cron_expression'] as const) {
			if (!fields[name]) throw new ApiError(400, `${name} is required`);
		}
		const trigger = store.addCronTrigger({ ...fields, environment_id: request.environmentId });
		sendJson(reply.code(201), spoken(trigger));
	});

	app.patch<IdParams>(`${PATH}/:id`, (request, reply) => {
		const trigger = find(request.params.id, request.environmentId);
		const fields = readTrigger(objectBody(request.body), request.environmentId);
		const isChanged =
			fields.cron_expression !== undefined && fields.cron_expression !== trigger.cron_expression;
		// The new expression takes effect with `/schedule`; until then nothing runs.
		Object.assign(trigger, fields, isChanged ? { is_scheduled: false } : {}, updated());
		sendJson(reply, spoken(trigger));
	});

	app.delete<IdParams>(`${PATH}/:id`, (request, reply) => {
		const { id } = find(request.params.id, request.environmentId);
		store.cronTriggers.delete(id);
		sendDone(reply, store.dialect.doneAnswer, id);
	});

	app.post<IdParams>(`${PATH}/:id/schedule`, (request, reply) => {
		const trigger = find(request.params.id, request.environmentId);
		Object.assign(trigger, { is_scheduled: true }, updated());
		sendDone(reply, store.dialect.doneAnswer, trigger.id, spoken(trigger));
	});

	function spoken(trigger: CronTrigger): string {
		return JSON.stringify(spokenTimes({ ...trigger, is_scheduled: undefined }, store.dialect));
	}

	function find(id: string, environmentId: string): CronTrigger {
		return findOwned(collection, id, environmentId);
	}

	function updated(): Pick<CronTrigger, 'updated_at'> {
		return { updated_at: new Date(clock.now()).toISOString() };
	}

	function readTrigger(body: Body, environmentId: string): Partial<CronTrigger> {
		const sync_job_id = optionalText(body, 'sync_job_id');
		if (sync_job_id && store.syncJobs.get(sync_job_id)?.environment_id !== environmentId) {
			throw notFound('Sync job', sync_job_id);
		}
		const accountId = optionalText(body, 'integrated_account_id');
		if (accountId && store.integratedAccounts.get(accountId)?.environment_id !== environmentId) {
			throw notFound('Integrated account', accountId);
		}
		const expression = optionalText(body, 'cron_expression');
		if (expression !== undefined && !isCron(expression)) {
			throw new ApiError(400, 'cron_expression must be a cron expression of five fields');
		}
		optionalChoice(body, 'super_query', SUPER_QUERY);
		optionalChoice(body, 'error_handling', ERROR_HANDLING);
		if (body.args !== undefined) objectField(body, 'args');
		return pick(body, [
			'sync_job_id',
			'integrated_account_id',
			'cron_expression',
			'args',
			'resources',
			'super_query',
			'error_handling',
			'events_to_send',
			'meta',
		]);
	}
}

// Unclear: which extensions of cron Truto takes. Numbers, lists, ranges and steps are taken here.
function isCron(expression: string): boolean {
	const fields = expression.trim().split(/\s+/);
	const part = String.raw`(?:\*|\d{1,2}(?:-\d{1,2})?)(?:/\d{1,2})?`;
	const field = new RegExp(`^${part}(?:,${part})*$`);
	return fields.length === 5 && fields.every((one) => field.test(one));
}
