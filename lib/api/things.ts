import type { JsonRecord } from '../json';
import { pathOf, type Kind } from '../truto/kinds';
import type { TrutoClient, TrutoRequest } from './client';
import { TrutoError } from './trutoError';

/**
 * One thing of Truto: `GET /<collection>/{id}`.
 *
 * @throws {TrutoError}
 */
export async function fetchOne(
	client: TrutoClient,
	kind: Kind,
	id: string,
	limits: Pick<TrutoRequest, 'withinMs'> = {},
): Promise<JsonRecord> {
	const about = `${kind.noun} ${id}`;
	return await client.sendForRecord({ method: 'GET', path: pathOf(kind, id), about, ...limits });
}

/**
 * Deletes one thing of Truto: `DELETE /<collection>/{id}`.
 *
 * @throws as {@link sendDelete}
 */
export async function deleteOne(client: TrutoClient, kind: Kind, id: string): Promise<void> {
	await sendDelete(client, { path: pathOf(kind, id), about: `${kind.noun} ${id}` });
}

/**
 * Sends a `DELETE`. The thing may be gone already where a try before got through without an answer.
 *
 * @throws {TrutoError} also where Truto did not know the thing in the first place
 */
export async function sendDelete(
	client: TrutoClient,
	request: Omit<TrutoRequest, 'method'>,
): Promise<void> {
	await client.send({ method: 'DELETE', ...request }).catch((error: unknown) => {
		if (!(error instanceof TrutoError) || error.status !== 404 || error.tries === 1) throw error;
	});
}

/** undefined where Truto does not know the thing (any more). */
export async function unlessGone<T>(request: Promise<T>): Promise<T | undefined> {
	return await request.catch((error: unknown) => {
		if (error instanceof TrutoError && error.status === 404) return undefined;
		throw error;
	});
}
