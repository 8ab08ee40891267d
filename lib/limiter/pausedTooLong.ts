/** The longest pause that is worth waiting for. */
export const LONGEST_PAUSE_MS = 300_000;

/** Truto asked for a pause that is longer than {@link LONGEST_PAUSE_MS}. Nothing was sent. */
export class PausedTooLong extends Error {
	/** @param resumesAt when Truto accepts requests again, in milliseconds since 1970 */
	constructor(readonly resumesAt: number) {
		super(`Truto accepts no requests before ${new Date(resumesAt).toISOString()}`);
		this.name = 'PausedTooLong';
	}
}
