import type {
	IAllExecuteFunctions,
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { openAccess, type Access } from '../transport/access';
import { TrutoClient, type ClientSettings, type Http } from '../transport/client';

const CREDENTIAL = 'trutoApi';

/** A client for one item of an execution. */
export async function clientForItem(
	n8n: IAllExecuteFunctions,
	itemIndex: number,
	settingsFor: (access: Access) => Omit<ClientSettings, 'lane'>,
): Promise<TrutoClient> {
	const credential = await n8n.getCredentials(CREDENTIAL, itemIndex);
	const access = openAccess(credential);
	const lane = n8n.getExecutionId() ?? n8n.getWorkflow().id ?? '';
	return new TrutoClient(httpWith(n8n, credential), access, { lane, ...settingsFor(access) });
}

/** A client for an execution that begins with a trigger: nothing about requests is set in the node. */
export async function clientForTrigger(
	n8n: IExecuteFunctions,
	maxRetries: number,
): Promise<TrutoClient> {
	return await clientForItem(n8n, 0, () => ({
		maxRetries,
		signal: n8n.getExecutionCancelSignal(),
		hasOptions: false,
	}));
}

/** How long the caller may be kept waiting. */
export interface WaitLimits {
	/** Requests with the same name take turns with those of executions. */
	lane: string;
	maxRetries: number;
	/** For each request. */
	timeoutMs: number;
	/** Ends all waiting. */
	signal?: AbortSignal;
}

/** People wait in the editor, so it gives up after one retry. */
export const EDITOR: WaitLimits = { lane: 'editor', maxRetries: 1, timeoutMs: 30_000 };

/** A client for what happens outside of an execution: drop-downs, activation, the receipt of an event. */
export async function clientFor(
	n8n: ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions | IPollFunctions,
	{ lane, maxRetries, timeoutMs, signal }: WaitLimits,
): Promise<TrutoClient> {
	const credential = await n8n.getCredentials(CREDENTIAL);
	return new TrutoClient(httpWith(n8n, credential), openAccess(credential), {
		lane,
		maxRetries,
		signal,
		httpOptions: { timeout: timeoutMs, abortSignal: signal },
		hasOptions: false,
	});
}

/** n8n would decrypt the credential again for each request, and always that of the first item. */
function httpWith(n8n: IAllExecuteFunctions, data: ICredentialDataDecryptedObject): Http {
	const credentialsDecrypted = { id: '', name: '', type: CREDENTIAL, data };
	return async (options) =>
		await n8n.helpers.httpRequestWithAuthentication.call(n8n, CREDENTIAL, options, {
			credentialsDecrypted,
		});
}
