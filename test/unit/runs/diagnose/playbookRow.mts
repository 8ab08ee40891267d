import type { Diagnosis } from '../../../../lib/runs/diagnose/diagnosis';
import type { Known } from '../../../../lib/runs/diagnose/known';

/** A row: what is known, then what is to be said of it. */
export type PlaybookRow = [
	string,
	Known,
	Pick<Diagnosis, 'verdict' | 'cause' | 'who_acts' | 'next_step'> & Partial<Diagnosis>,
];

/** How an advice ends if a new run would not help. */
export const END = 'then start a new run. Until then, a new run will fail the same way.';
