import { UnsureError } from '../explainedError';
import type { JsonRecord } from '../json';
import { sentenceCase } from '../text';
import { pathOf, withArticle, type Kind } from '../truto/kinds';
import type { TrutoClient, TrutoRequest } from '../transport/client';
import { TrutoError } from '../transport/trutoError';

/**
 * Gets one thing from Truto: `GET /<collection>/{id}`.
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
 * Creates one thing in Truto for a sync job: `POST /<collection>`.
 *
 * @param body with the `sync_job_id`
 * @throws {UnsureError} if it may have been created anyway; {@link TrutoError}
 */
export async function createOne(
	client: TrutoClient,
	kind: Kind,
	body: JsonRecord,
): Promise<JsonRecord> {
	const about = `${kind.noun} of sync job ${String(body.sync_job_id)}`;
	const unsure = (reason: string) =>
		new UnsureError(
			`${sentenceCase(withArticle(kind))} of sync job ${String(body.sync_job_id)} may have been created, but Truto did not confirm it`,
			`Before you create it again, look at the ${kind.plural} of this sync job with the operation 'Get Many'. ${reason}`,
		);
	const request = { method: 'POST', path: `/${kind.collection}`, body, about } as const;
	const thing = await client.sendForRecord(request).catch((error: unknown) => {
		if (!(error instanceof TrutoError) || !error.mayHaveBeenDone) throw error;
		throw unsure(`${error.message}. ${error.said}`.trim());
	});
	if (typeof thing.id === 'string' && thing.id !== '') return thing;
	throw unsure('The response contains no ID.');
}

/**
 * Deletes one thing in Truto: `DELETE /<collection>/{id}`.
 *
 * @param isDone as in {@link TrutoRequest}
 * @throws as {@link sendDelete}
 */
export async function deleteOne(
	client: TrutoClient,
	kind: Kind,
	id: string,
	isDone?: TrutoRequest['isDone'],
): Promise<void> {
	await sendDelete(client, { path: pathOf(kind, id), about: `${kind.noun} ${id}`, isDone });
}

/**
 * Sends a `DELETE`. The thing may already be gone if an earlier try got through but its answer was lost.
 *
 * @throws {TrutoError} also if Truto didn't know the thing in the first place
 */
export async function sendDelete(
	client: TrutoClient,
	request: Omit<TrutoRequest, 'method'>,
): Promise<void> {
	await client.sendForSuccess({ method: 'DELETE', ...request }).catch((error: unknown) => {
		if (!(error instanceof TrutoError) || error.status !== 404) throw error;
		if (!error.sent.mayHaveArrived) throw error;
	});
}

/** undefined if Truto does not know the thing (any more). */
export async function unlessGone<T>(request: Promise<T>): Promise<T | undefined> {
	return await request.catch((error: unknown) => {
		if (error instanceof TrutoError && error.status === 404) return undefined;
		throw error;
	});
}
