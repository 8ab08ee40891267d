import { jsonText } from '../../text';
import type { Actor } from './diagnosis';

/** Who acts, and the one sentence on what to do. */
export interface Advice {
	who_acts: Actor;
	next_step: string;
}

export const SUPPORT = 'support@truto.one';

/** Nobody has to act. */
export function nobody(nextStep: string): Advice {
	return { who_acts: 'nobody', next_step: nextStep };
}

/** The customer has to act. */
export function endUser(nextStep: string): Advice {
	return { who_acts: 'end_user', next_step: nextStep };
}

/** Whoever keeps the sync job has to act. */
export function jobOwner(nextStep: string): Advice {
	return { who_acts: 'job_owner', next_step: nextStep };
}

/** For an account with the status `post_install_error`. */
export const FINISH_SETUP = jobOwner(
	'Fix what failed after the account was connected (its status is post_install_error), then start a new run.',
);

/**
 * Only Truto can help.
 *
 * @param why starts with "it"
 * @param runId if it isn't clear which run this is about
 */
export function trutoSupport(why: string, warning: string, runId?: string | null): Advice {
	const which = runId ? ` (${runId})` : '';
	return {
		who_acts: 'truto_support',
		next_step: `Send the run's ID${which} to ${SUPPORT}: ${why}. ${warning}`,
	};
}

/** What not to do with a run that no longer goes on. */
export const DO_NOT_RESTART = "Do not restart it, and do not turn on 'Ignore Previous Run'.";

/** The customer in a sentence. */
export function customerText(tenantId: string | null | undefined): string {
	return tenantId ? `the customer (tenant ${jsonText(tenantId, 80)})` : 'the customer';
}

/** What the customer has connected, in a sentence. @param name of the integration */
export function integrationText(name: string | null | undefined): string {
	return name ? jsonText(name, 80) : 'the integrated account';
}
