import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { TrutoClient } from '../../../lib/transport/client';
import { TrutoError } from '../../../lib/transport/trutoError';
import { deleteWebhooksTo, postWebhook } from '../../../lib/api/webhooks';
import { ExplainedError } from '../../../lib/explainedError';
import type { JsonRecord } from '../../../lib/json';
import { triggerKey } from '../../../lib/n8n/trigger';
import { rememberNewest, storedRegistration } from './stored';
import { refusedWebhook } from './target';

/**
 * Creates the webhook in Truto, in place of all others to its address, and stores its id and secret.
 *
 * @returns its id
 * @throws {ExplainedError}
 */
export async function replaceWebhook(
	n8n: IHookFunctions | IWebhookFunctions,
	client: TrutoClient,
	target: string,
	events: string[],
): Promise<string> {
	await deleteWebhooksTo(client, target);
	const { id, secret } = await createWebhook(client, target, events);
	if (typeof id !== 'string' || typeof secret !== 'string') {
		await deleteWebhooksTo(client, target);
		throw new ExplainedError(
			'Truto created the webhook, but sent no secret for it',
			"Without it, events can't be verified. Check that the Base URL of the credential is the API of Truto.",
		);
	}
	const registration = { webhookId: id, secret, createdAt: Date.now() };
	Object.assign(storedRegistration(n8n), registration);
	rememberNewest(triggerKey(n8n), registration);
	return id;
}

async function createWebhook(
	client: TrutoClient,
	target: string,
	events: string[],
): Promise<JsonRecord> {
	return await postWebhook(client, target, events).catch(async (error: unknown) => {
		if (!(error instanceof TrutoError)) throw error;
		if (error.status === 400 || error.status === 422) {
			const { failure } = error;
			return client.throwMasked(
				refusedWebhook(target, failure.kind === 'status' ? failure.said : ''),
			);
		}
		// Truto may have created it although its answer was lost. This error says more than one from the
		// deletion.
		if (error.mayHaveBeenDone) await deleteWebhooksTo(client, target).catch(() => undefined);
		throw error;
	});
}
