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

/** Whoever keeps the sync job has to act. */
export function jobOwner(nextStep: string): Advice {
	return { who_acts: 'job_owner', next_step: nextStep };
}

/** Only Truto can help. @param why starts with "it" */
export function trutoSupport(why: string, warning: string): Advice {
	return {
		who_acts: 'truto_support',
		next_step: `Send the run's ID to ${SUPPORT}: ${why}. ${warning}`,
	};
}
