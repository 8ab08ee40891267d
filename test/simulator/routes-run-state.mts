import type { FastifyInstance, FastifyRequest } from 'fastify';

import { sendDone, sendJson } from './answers.mts';
import { objectBody, requiredText } from './body-fields.mts';
import type { Context } from './context.mts';
import { ApiError, notFound } from './errors.mts';
import { single } from './list-filters.mts';
import type { Query } from './list-filters.mts';
import { listAnswer } from './list-pages.mts';
import { runStateId } from './store-defaults.mts';
import type { RunState } from './types.mts';
import { spokenTimes } from './wire-times.mts';
import { without } from './without.mts';

const PATH = '/sync-job-run-state';

interface KeyParams {
	Params: { key: string };
}

/** `/sync-job-run-state?state_key=…`: list, one, set, change, remove. */
export function addRunStateRoutes(app: FastifyInstance, { store, clock }: Context): void {
	app.get<{ Querystring: Query }>(PATH, (request, reply) => {
		const stateKey = stateKeyOf(request);
		const own = [...store.runStates.values()].filter(
			(state) => state.environment_id === request.environmentId && state.state_key === stateKey,
		);
		const query = without(request.query, 'state_key');
		const text = listAnswer(own, query, {
			fields: { key: 'string', created_at: 'date', updated_at: 'date' },
			defaultSort: '-created_at',
			dialect: store.dialect,
			render: spoken,
		});
		sendJson(reply, text);
	});

	app.get<KeyParams>(`${PATH}/:key`, (request, reply) => {
		sendJson(reply, spoken(find(request, request.params.key)));
	});

	app.post(PATH, (request, reply) => {
		const state_key = stateKeyOf(request);
		const body = objectBody(request.body);
		const key = requiredText(body, 'key');
		const value = checkValue(body);
		const { environmentId: environment_id } = request;
		const state = store.setRunState({ state_key, key, value, environment_id });
		sendJson(reply.code(201), spoken(state));
	});

	app.patch<KeyParams>(`${PATH}/:key`, (request, reply) => {
		const state = find(request, request.params.key);
		const value = checkValue(objectBody(request.body));
		Object.assign(state, { value, updated_at: new Date(clock.now()).toISOString() });
		sendJson(reply, spoken(state));
	});

	app.delete<KeyParams>(`${PATH}/:key`, (request, reply) => {
		const { id, key } = find(request, request.params.key);
		store.runStates.delete(id);
		sendDone(reply, store.dialect.doneAnswer, key, JSON.stringify({ key }));
	});

	function find(request: FastifyRequest, key: string): RunState {
		const state = store.runStates.get(runStateId(request.environmentId, stateKeyOf(request), key));
		if (!state) throw notFound('Sync job run state', key);
		return state;
	}

	function spoken({ key, value, sync_job_run_id, created_at, updated_at }: RunState): string {
		const shown = { key, value, sync_job_run_id, created_at, updated_at };
		return JSON.stringify(spokenTimes(shown, store.dialect));
	}
}

function stateKeyOf(request: FastifyRequest): string {
	const stateKey = single(request.query as Query, 'state_key');
	if (!stateKey) throw new ApiError(400, 'state_key is required');
	return stateKey;
}

// The reference calls it a text, a guide "any JSON-serializable value". A text is what every version takes.
function checkValue({ value }: Record<string, unknown>): string {
	if (typeof value !== 'string') throw new ApiError(400, 'value must be a string');
	return value;
}
