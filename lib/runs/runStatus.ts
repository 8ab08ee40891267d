/**
 * What Truto's run statuses mean. The API page omits `rate_limited`, which is real: the run is paused
 * and goes on by itself. A status that is not known here may be new: it counts as not finished.
 */
export const FINISHED_STATUSES: readonly unknown[] = ['completed', 'failed', 'stopped'];

/** The run has ended and will not change any more. */
export function isFinished(status: unknown): boolean {
	return FINISHED_STATUSES.includes(status);
}

/** The run has not begun, or is paused until a rate limit of the integrated app is over. */
export function isWaiting(status: unknown): boolean {
	return status === 'created' || status === 'rate_limited';
}
