/** An error for people: `message` says what happened, `description` what to do about it. */
export class ExplainedError extends Error {
	constructor(
		message: string,
		readonly description: string,
	) {
		super(message);
	}
}
