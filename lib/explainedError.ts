/** An error for people: `message` says what happened, `description` what to do about it. */
export class ExplainedError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/** Truto may or may not have done what was asked, so check before you send the request again. */
export class UnsureError extends ExplainedError {
	/** @param state what to say of one such thing or of several, if not that it may have been done */
	constructor(
		message: string,
		description: string,
		readonly state?: { one: string; several: string },
	) {
		super(message, description);
	}
}
