import type { Diagnosis, Known } from '../../../../lib/runs/diagnose/diagnosis';

/** A row: what is known, then what is to be said of it. */
export type PlaybookRow = [
	string,
	Known,
	Pick<Diagnosis, 'verdict' | 'cause' | 'who_acts' | 'next_step'> & Partial<Diagnosis>,
];

/** How an advice ends if a restart would not help. */
export const END = 'then start a new run. Restarting before that would end the same way.';
