import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { accessOf, CREDENTIAL, TrutoClient } from './client';

/** A client for the editor's drop-downs: people wait there, so it gives up after one retry. */
export async function editorClient(n8n: ILoadOptionsFunctions): Promise<TrutoClient> {
	return new TrutoClient(n8n, accessOf(await n8n.getCredentials(CREDENTIAL)), {
		lane: 'editor',
		maxRetries: 1,
		requestsPerTenSeconds: Number.POSITIVE_INFINITY,
		engineOptions: { timeout: 30_000 },
	});
}
