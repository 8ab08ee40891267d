import type { FastifyInstance } from 'fastify';

import { sendJson } from './answers.mts';
import { objectBody } from './body-fields.mts';
import type { Context } from './context.mts';

/** Where the control API lives: no token, no rate limit, no faults, and not recorded. */
export const CONTROL_PREFIX = '/__simulator/';

const at = (path: string) => `${CONTROL_PREFIX}${path}`;

/** What `bench/host.mts` does with a simulator in another process. Trusts its input. */
export function addControlRoutes(app: FastifyInstance, context: Context): void {
	const { store, log, limiter, faults } = context;

	app.get(at('requests'), (_request, reply) => {
		sendJson(reply, JSON.stringify(log.counts()));
	});

	app.post(at('reset'), (_request, reply) => {
		log.clear();
		faults.clear();
		limiter.reset();
		sendJson(reply, '{}');
	});

	app.post(at('delay'), (request, reply) => {
		const { ms } = objectBody(request.body);
		faults.random(1, { kind: 'delayHeaders', ms: Number(ms) });
		sendJson(reply, '{}');
	});

	app.post(at('runs'), (request, reply) => {
		const { count, resources } = objectBody(request.body);
		const ids = store.addManyRuns(Number(count), { resources: Number(resources) });
		sendJson(reply, JSON.stringify({ ids }));
	});
}
