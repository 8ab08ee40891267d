import type { IHookFunctions, ILoadOptionsFunctions, IWebhookFunctions } from 'n8n-workflow';

import { accessOf, CREDENTIAL, TrutoClient } from '../api/client';

/** How long somebody, or something, may be kept waiting. */
export interface Patience {
	/** Requests with the same name take turns with those of executions. */
	lane: string;
	maxRetries: number;
	/** For each request. */
	timeoutMs: number;
	/** Ends all waiting. */
	signal?: AbortSignal;
}

/** In the editor people wait: it gives up after one retry. */
export const EDITOR: Patience = { lane: 'editor', maxRetries: 1, timeoutMs: 30_000 };

/** A client for what happens outside of an execution: drop-downs, activation, the receipt of an event. */
export async function plainClient(
	n8n: ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions,
	{ lane, maxRetries, timeoutMs, signal }: Patience,
): Promise<TrutoClient> {
	return new TrutoClient(n8n, accessOf(await n8n.getCredentials(CREDENTIAL)), {
		lane,
		maxRetries,
		requestsPerTenSeconds: Number.POSITIVE_INFINITY,
		signal,
		engineOptions: { timeout: timeoutMs, abortSignal: signal },
	});
}
