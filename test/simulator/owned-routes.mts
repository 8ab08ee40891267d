import type { FastifyInstance } from 'fastify';

import { sendJson } from './answers.mts';
import type { Dialect } from './dialect.mts';
import { notFound } from './errors.mts';
import type { Fields, Query } from './list-filters.mts';
import { listAnswer } from './list-pages.mts';

/** What belongs to an environment. */
export interface Owned {
	id: string;
	environment_id: string;
}

export interface IdParams {
	Params: { id: string };
}

/** A kind of thing of which one can be got, and all be listed. */
export interface Collection<T extends Owned> {
	path: string;
	/** As a 404 names it. */
	what: string;
	items: ReadonlyMap<string, T>;
	fields: Fields;
	dialect: Dialect;
	render(item: T, place: 'get' | 'list'): string;
}

/** Finds an item that the token's environment has. Throws a 404. */
export function findOwned<T extends Owned>(
	{ items, what }: Pick<Collection<T>, 'items' | 'what'>,
	id: string,
	environmentId: string,
): T {
	const item = items.get(id);
	if (item?.environment_id !== environmentId) throw notFound(what, id);
	return item;
}

/** `GET /path/:id` and `GET /path`. */
export function addReadRoutes<T extends Owned>(
	app: FastifyInstance,
	collection: Collection<T>,
): void {
	const { path, items, fields, dialect, render } = collection;
	app.get<IdParams>(`${path}/:id`, (request, reply) => {
		const item = findOwned(collection, request.params.id, request.environmentId);
		sendJson(reply, render(item, 'get'));
	});
	app.get<{ Querystring: Query }>(path, (request, reply) => {
		const own = [...items.values()].filter(
			({ environment_id }) => environment_id === request.environmentId,
		);
		const text = listAnswer(own, request.query, {
			fields,
			defaultSort: '-created_at',
			dialect,
			render: (item) => render(item, 'list'),
		});
		sendJson(reply, text);
	});
}
