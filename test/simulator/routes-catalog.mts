import type { FastifyInstance } from 'fastify';

import { sendJson } from './answers.mts';
import type { Context } from './context.mts';
import { notFound } from './errors.mts';
import type { Fields, Query } from './list-filters.mts';
import { listAnswer } from './list-pages.mts';

const JOB_FIELDS: Fields = {
	id: 'string',
	integration_name: 'string',
	label: 'string',
	created_at: 'date',
	updated_at: 'date',
};

const ACCOUNT_FIELDS: Fields = {
	id: 'string',
	tenant_id: 'string',
	status: 'string',
	'integration.name': 'string',
	created_at: 'date',
	updated_at: 'date',
};

interface Owned {
	id: string;
	environment_id: string;
}

/** `/sync-job` and `/integrated-account`: one and list. */
export function addCatalogRoutes(app: FastifyInstance, { store }: Context): void {
	addReadRoutes(app, '/sync-job', 'Sync job', store.syncJobs, JOB_FIELDS);
	addReadRoutes(
		app,
		'/integrated-account',
		'Integrated account',
		store.integratedAccounts,
		ACCOUNT_FIELDS,
	);

	function addReadRoutes<T extends Owned>(
		on: FastifyInstance,
		path: string,
		what: string,
		items: ReadonlyMap<string, T>,
		fields: Fields,
	): void {
		on.get<{ Params: { id: string } }>(`${path}/:id`, (request, reply) => {
			const { id } = request.params;
			const item = items.get(id);
			if (item?.environment_id !== request.environmentId) throw notFound(what, id);
			sendJson(reply, JSON.stringify(item));
		});
		on.get<{ Querystring: Query }>(path, (request, reply) => {
			const own = [...items.values()].filter(
				({ environment_id }) => environment_id === request.environmentId,
			);
			const text = listAnswer(own, request.query, {
				fields,
				defaultSort: '-created_at',
				envelope: store.listEnvelope,
				render: (item) => JSON.stringify(item),
			});
			sendJson(reply, text);
		});
	}
}
