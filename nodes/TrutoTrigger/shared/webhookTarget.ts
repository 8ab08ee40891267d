import { ExplainedError } from '../../Truto/shared/explainedError';
import type { JsonRecord } from '../../Truto/shared/json';

export const TARGET_ADVICE =
	"Truto sends events to HTTPS addresses only, and they must be reachable from the internet. Set n8n's environment variable WEBHOOK_URL to its public https:// address and restart n8n.";

/**
 * Checks the address that Truto would send events to.
 *
 * @param origin of the Base URL: a Truto on this machine, as for tests, may take what the real one can't
 * @throws {ExplainedError} where Truto can't send events there
 */
export function checkTarget(target: string, origin: string): void {
	if (isLoopback(origin) || (target.startsWith('https:') && !isLoopback(target))) return;
	throw new ExplainedError(`Truto can't send events to ${target}`, TARGET_ADVICE);
}

function isLoopback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	return /^(localhost|.+\.localhost|127\..+|0\.0\.0\.0|\[::1?\])$/.test(new URL(url).hostname);
}

/** Whether a webhook of Truto's is alive and sends just these events to just this address. */
export function fits(webhook: JsonRecord, target: string, events: string[]): boolean {
	const { is_active: isActive, target_url: url, event_types: types } = webhook;
	if (isActive !== true || url !== target || !Array.isArray(types)) return false;
	return types.length === events.length && events.every((event) => types.includes(event));
}
