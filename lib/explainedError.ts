/** An error for people: `message` says what happened, `description` what to do about it. */
export class ExplainedError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}

/** It is not certain whether Truto did what was asked: it must not be asked again without a look. */
export class UnsureError extends ExplainedError {}
