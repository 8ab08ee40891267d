import type { IExecuteFunctions } from 'n8n-workflow';

import { triggerKey } from './memory';

/** n8n remembers so many runs of a trigger, at about 27 bytes each. */
const MOST_REMEMBERED = 5_000;

/** n8n reads the list and writes it back: two executions at once would each lose what the other added. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Of these runs, those that have not started the workflow before, by n8n's own list of processed data. Unlike
 * static data, it is stored at once, and no execution puts an older one back. The runs count as started from
 * then on.
 */
export async function notStartedBefore(
	n8n: IExecuteFunctions,
	ids: string[],
): Promise<Set<string>> {
	const key = triggerKey(n8n);
	const turn = (turns.get(key) ?? Promise.resolve()).then(
		async () =>
			await n8n.helpers.checkProcessedAndRecord(ids, 'node', {
				mode: 'entries',
				maxEntries: MOST_REMEMBERED,
			}),
	);
	turns.set(
		key,
		turn.catch(() => undefined),
	);
	return new Set((await turn).new.map(String));
}
