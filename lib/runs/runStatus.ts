import { END_STATUSES } from '../truto/statuses';

/** Whether a status is a known end status. `hasEnded` of `lib/truto/statuses` also knows the run's time. */
export function isFinished(status: unknown): boolean {
	return (END_STATUSES as readonly unknown[]).includes(status);
}
