import type { IPollFunctions } from 'n8n-workflow';

import { ExplainedError } from '../../lib/explainedError';
import { isTrutoAway, reasonOf, triggerName } from '../../lib/n8n/trigger';
import { recall } from './memory';

/** An outage that lasts longer is an error, so that somebody sees it. */
const LONGEST_SILENCE_MS = 10 * 60_000;

/** Truto was so slow that a poll was given up. */
export class TookTooLong extends ExplainedError {
	constructor(ms: number) {
		super(
			`Truto took more than ${ms / 60_000} minutes to list the sync job runs`,
			'Truto answers, but very slowly.',
		);
	}
}

/**
 * When polls began to fail because Truto is away, in milliseconds since 1970. n8n has one context for all polls
 * of an activation, so an outage counts anew if the workflow is activated again: else n8n could not activate it.
 */
const awaySince = new WeakMap<IPollFunctions, number>();

/** Truto is back, or was never away. */
export function endOutage(n8n: IPollFunctions): void {
	awaySince.delete(n8n);
}

/**
 * Whether a poll failed only because Truto is away for a while: then the log says so, and the next poll
 * finds what this one would have found. If the poll failed with which n8n activates the trigger, n8n would
 * leave it off until its next start. The very first poll must work, because it notes where to begin.
 */
export function isBriefOutage(n8n: IPollFunctions, error: unknown): boolean {
	const isAway = error instanceof TookTooLong || isTrutoAway(error);
	if (!isAway || !recall(n8n).state) return false;
	const since = awaySince.get(n8n) ?? Date.now();
	awaySince.set(n8n, since);
	if (Date.now() - since >= LONGEST_SILENCE_MS) return false;
	n8n.logger.warn(
		`${triggerName(n8n)} is active, but Truto is unavailable: ${reasonOf(n8n, error)} The next poll catches up.`,
	);
	return true;
}
