import type { IWebhookFunctions } from 'n8n-workflow';

import { fetchWebhook, isSameAddress, webhooksTo } from '../../../lib/api/webhooks';
import { clientFor } from '../../../lib/n8n/clients';
import { toNodeError } from '../../../lib/n8n/nodeError';
import {
	isTrutoAway,
	reasonOf,
	triggerKey,
	triggerName,
	triggerParameters,
} from '../../../lib/n8n/trigger';
import { readAdmission } from '../parameters';
import { logRefusal } from '../refusals';
import { tryLater } from './later';
import { replaceWebhook } from './replace';
import { storedRegistration } from './stored';

/** Forged events must not make n8n ask Truto more often than this. */
const CHECK_EVERY_MS = 60_000;

/** Truto is waiting for the answer. */
const CHECK_WITHIN_MS = 8_000;

/** When the last check began, by trigger, and whether it is still under way. */
const checks = new Map<string, { at: number; isOpen: boolean }>();

/** To be called when a trigger ends. */
export function forgetMending(trigger: string): void {
	checks.delete(trigger);
}

/**
 * To be called when an event is signed, but not with a secret that this process knows: it is forged, or
 * n8n has lost the secret. An execution that was running when the webhook was created stores at its end
 * the static data that it read at its start, with the secret of a webhook that is gone. In that case the
 * webhook is replaced, at most once a minute.
 *
 * @returns false if the event seems to be forged; true if it may be genuine
 */
export async function mendRegistration(n8n: IWebhookFunctions): Promise<boolean> {
	// While the editor waits for a test event, n8n has just created the webhook.
	if (n8n.getMode() === 'manual') return false;
	const trigger = triggerKey(n8n);
	const last = checks.get(trigger);
	if (last && Date.now() - last.at < CHECK_EVERY_MS) return last.isOpen;
	const check = { at: Date.now(), isOpen: true };
	checks.set(trigger, check);
	try {
		return await mend(n8n);
	} catch (error) {
		const { message } = toNodeError(error, n8n.getNode());
		logRefusal(
			n8n,
			'lost secret',
			`could not find out why the signature of an event is wrong: ${message}. Truto is asked to send it again.`,
		);
		return true;
	} finally {
		check.isOpen = false;
	}
}

async function mend(n8n: IWebhookFunctions): Promise<boolean> {
	const target = n8n.getNodeWebhookUrl('default') ?? '';
	const { webhookId } = storedRegistration(n8n);
	const client = await clientFor(n8n, {
		lane: 'mending',
		maxRetries: 1,
		timeoutMs: CHECK_WITHIN_MS,
		signal: AbortSignal.timeout(CHECK_WITHIN_MS),
	});
	const webhook = webhookId === undefined ? undefined : await fetchWebhook(client, webhookId);
	if (webhook && isSameAddress(webhook.target_url, target)) return false;
	const others = await webhooksTo(client, target);
	if (!others.some(({ is_active: isActive }) => isActive === true)) return false;
	const { events } = readAdmission(triggerParameters(n8n));
	const outcome = await replaceWebhook(n8n, client, target, events).then(
		(id) => `It receives events again, through the webhook ${id}.`,
		async (error: unknown) => {
			await replaceLater(n8n, target, events);
			return `It could not get a new webhook: ${reasonOf(n8n, error)} It will try again.`;
		},
	);
	logRefusal(
		n8n,
		'lost secret',
		`had lost the secret of its webhook, so events since then were refused. ${outcome}`,
	);
	return true;
}

/**
 * The old webhook may be deleted by now, and then no event would come that starts this again. In queue mode,
 * this process isn't told if the trigger ends meanwhile: Truto gives up a webhook that nobody answers.
 */
async function replaceLater(
	n8n: IWebhookFunctions,
	target: string,
	events: string[],
): Promise<void> {
	const client = await clientFor(n8n, { lane: 'mending', maxRetries: 2, timeoutMs: 30_000 });
	await tryLater(triggerKey(n8n), async () => {
		try {
			const id = await replaceWebhook(n8n, client, target, events);
			n8n.logger.info(`${triggerName(n8n)} receives events again, through the webhook ${id}.`);
		} catch (error) {
			if (isTrutoAway(error)) return false;
			n8n.logger.warn(
				`${triggerName(n8n)} could not get a new webhook, and gets no events: ${reasonOf(n8n, error)} Then deactivate and activate the workflow.`,
			);
		}
		return true;
	});
}
