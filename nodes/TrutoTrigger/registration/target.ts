import { ExplainedError } from '../../../lib/explainedError';
import type { JsonRecord } from '../../../lib/json';
import { sentenceCase } from '../../../lib/text';

const ADVICE = "use the Truto Polling Trigger, or set n8n's WEBHOOK_URL to its public address.";

/** For an address that Truto can't send to. Short, because n8n shows it in a pop-up. */
export function noPublicAddress(target: string): ExplainedError {
	return new ExplainedError(
		`Truto can only send events to a public HTTPS address, not to ${placeOf(target)}`,
		sentenceCase(ADVICE),
	);
}

/** For a webhook that Truto refused to make. @param said by Truto; may be empty */
export function refusedWebhook(target: string, said: string): ExplainedError {
	return new ExplainedError(
		`Truto refused a webhook to ${placeOf(target)}${said && `: ${said}`}`,
		`If that address can't be reached from the internet, ${ADVICE}`,
	);
}

/** Scheme, host and port. */
function placeOf(target: string): string {
	return URL.canParse(target) ? new URL(target).origin : target || '(no address)';
}

/**
 * Whether Truto can send events to an address (*Webhooks* in its API docs: HTTPS only).
 *
 * @param origin of the Base URL: a Truto on this machine, as in tests, can reach addresses that the real
 * one can't
 */
export function canReceive(target: string, origin: string): boolean {
	if (isLoopback(origin)) return true;
	return URL.canParse(target) && new URL(target).protocol === 'https:' && !isLoopback(target);
}

function isLoopback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const host = new URL(url).hostname.replace(/\.$/, '');
	return /^((.+\.)?localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f.+\])$/.test(host);
}

/** Whether a webhook is active and sends exactly these events. */
export function fits(webhook: JsonRecord, events: string[]): boolean {
	const { is_active: isActive, event_types: types } = webhook;
	if (isActive !== true || !Array.isArray(types)) return false;
	return types.length === events.length && events.every((event) => types.includes(event));
}
