import type { FastifyInstance } from 'fastify';

import { sendDone } from './answers.mts';
import { objectBody, requiredText } from './body-fields.mts';
import type { Context } from './context.mts';
import { ApiError, remoteErrorBody } from './errors.mts';
import type { Fields } from './list-filters.mts';
import { addReadRoutes, findOwned } from './owned-routes.mts';
import { spokenAccountRow } from './wire-account.mts';
import { spokenTimes } from './wire-times.mts';

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
	is_sandbox: 'boolean',
	created_at: 'date',
	updated_at: 'date',
};

/** `/sync-job`, `/integrated-account` and `/datastore`: one, list, and an account's credentials anew. */
export function addCatalogRoutes(app: FastifyInstance, { store, clock }: Context): void {
	const { dialect } = store;
	addReadRoutes(app, {
		path: '/sync-job',
		what: 'Sync job',
		items: store.syncJobs,
		fields: JOB_FIELDS,
		dialect,
		render: (job) => JSON.stringify(spokenTimes(job, dialect)),
	});
	addReadRoutes(app, {
		path: '/datastore',
		what: 'Datastore',
		items: store.datastores,
		fields: { id: 'string', type: 'string', created_at: 'date' },
		dialect,
		render: (datastore) => JSON.stringify(datastore),
	});
	const accounts = { what: 'Integrated account', items: store.integratedAccounts };
	addReadRoutes(app, {
		...accounts,
		path: '/integrated-account',
		fields: ACCOUNT_FIELDS,
		dialect,
		render: (account, place) => JSON.stringify(spokenAccountRow(account, place, dialect)),
	});

	app.post('/integrated-account/refresh-credentials', (request, reply) => {
		const id = requiredText(objectBody(request.body), 'id');
		const account = findOwned(accounts, id, request.environmentId);
		// Unclear: the answer where the provider refuses. Here it is the provider's own error.
		if (account.status === 'needs_reauth') {
			throw new ApiError(remoteErrorBody(401, { error: 'invalid_grant' }));
		}
		account.updated_at = new Date(clock.now()).toISOString();
		sendDone(reply, dialect.doneAnswer, id, JSON.stringify({ success: true }));
	});
}
