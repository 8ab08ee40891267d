import { expect } from '@jest/globals';

import { ExplainedError } from '../../../lib/explainedError';

/** Runs what must end in an error for people, and gives that error. */
export function explainedErrorOf(action: () => unknown): ExplainedError {
	let error: unknown;
	try {
		action();
	} catch (thrown) {
		error = thrown;
	}
	expect(error).toBeInstanceOf(ExplainedError);
	return error as ExplainedError;
}
