import type { JsonRecord } from '../../../lib/json';

export const TARGET_ADVICE =
	"Truto sends events to HTTPS addresses only, and they must be reachable from the internet. Set n8n's environment variable WEBHOOK_URL to its public https:// address and restart n8n.";

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
