import type { TrutoClient } from '../../../../lib/transport/client';
import { activateSchedule } from '../../../../lib/api/schedules';
import { ExplainedError, UnsureError } from '../../../../lib/explainedError';
import { TrutoError } from '../../../../lib/transport/trutoError';

/** The schedule was created or changed, but may not be active. Only the activation is left to do. */
export class NotActivated extends UnsureError {}

/** What was done before, with what the errors of other items say of it. */
const BEFORE = {
	// They list what was created anyway.
	created: { one: 'may not be active', several: 'may not be active' },
	changed: {
		one: 'was changed, but may not be active',
		several: 'were changed, but may not be active',
	},
};

/**
 * Activates a schedule that was just created or changed.
 *
 * @param done what was done before
 * @throws {NotActivated} that says what was done, and what was not or may not have been
 */
export async function activateAfter(
	client: TrutoClient,
	id: string,
	done: keyof typeof BEFORE,
): Promise<void> {
	await activateSchedule(client, id).catch((error: unknown) => {
		if (!(error instanceof ExplainedError)) throw error;
		if (error instanceof TrutoError && error.mayHaveBeenDone) {
			throw new NotActivated(
				`Schedule ${id} was ${done}, but may not be active: ${error.message}`,
				`${error.description} If it is not active, activate it with the operation 'Activate'.`,
				BEFORE[done],
			);
		}
		throw new NotActivated(
			`Schedule ${id} was ${done}, but could not be activated: ${error.message}`,
			`Until you activate it, Truto does not run it as it is now. Activate it with the operation 'Activate'. ${error.description}`,
			BEFORE[done],
		);
	});
}

/**
 * The error of a change whose answer was lost: a new cron expression may be stored without being active.
 * Any other error stays as it is.
 */
export function withActivation(error: unknown): unknown {
	if (!(error instanceof TrutoError) || !error.mayHaveBeenDone) return error;
	return new UnsureError(
		error.message,
		`${error.description} If the cron expression was changed, it is not active yet: run 'Activate' for this schedule, or update it again.`,
	);
}
