import type { IWebhookFunctions } from 'n8n-workflow';

import { triggerKey, triggerName } from '../../lib/n8n/trigger';

/** Why a request doesn't start the workflow although it should, or looks as if it should. */
export type RefusalKind = 'signature' | 'form' | 'time' | 'no event' | 'lost secret';

/** At most one line of each kind is logged in this time. */
const QUIET_MS = 60_000;

interface Line {
	at: number;
	/** How many there have been since. */
	unlogged: number;
}

const linesByTrigger = new Map<string, Map<RefusalKind, Line>>();

/** To be called when a trigger ends. */
export function forgetRefusals(trigger: string): void {
	linesByTrigger.delete(trigger);
}

/**
 * Writes a line into n8n's log, at most one for each kind and minute; the next line counts those in
 * between.
 *
 * @param what happened and what to do, such as `refused an event (401): …`
 */
export function logRefusal(n8n: IWebhookFunctions, kind: RefusalKind, what: string): void {
	const trigger = triggerKey(n8n);
	const lines = linesByTrigger.get(trigger) ?? new Map<RefusalKind, Line>();
	linesByTrigger.set(trigger, lines);
	const last = lines.get(kind);
	const now = Date.now();
	if (last && now - last.at < QUIET_MS) {
		last.unlogged++;
		return;
	}
	lines.set(kind, { at: now, unlogged: 0 });
	const more = last?.unlogged
		? ` (and ${last.unlogged} more of this kind since the last line)`
		: '';
	n8n.logger.warn(`${triggerName(n8n)} ${what}${more}`);
}
