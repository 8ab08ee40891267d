import type { TrutoClient } from '../../../../lib/transport/client';
import { activateSchedule } from '../../../../lib/api/schedules';
import { ExplainedError } from '../../../../lib/explainedError';

/**
 * Activates a schedule that was just created or changed.
 *
 * @param done what was done before, such as `was created`
 * @throws {ExplainedError} that says what was done, and what was not
 */
export async function activateAfter(client: TrutoClient, id: string, done: string): Promise<void> {
	await activateSchedule(client, id).catch((error: unknown) => {
		if (!(error instanceof ExplainedError)) throw error;
		throw new ExplainedError(
			`Schedule ${id} ${done}, but could not be activated: ${error.message}`,
			`Until you activate it, Truto does not run it as it is now. Activate it with the operation 'Activate'. ${error.description}`,
		);
	});
}
