import type { IExecuteFunctions } from 'n8n-workflow';

import { triggerKey } from './memory';

/** How many entries n8n remembers for a trigger, at about 27 bytes each. A run takes two. */
const MOST_ENTRIES = 5_000;

/**
 * n8n reads the list and writes it back: so two executions at the same time would lose each other's
 * entries.
 */
const turns = new Map<string, Promise<unknown>>();

/**
 * Those of these runs that have not started the workflow in another execution, according to n8n's own
 * list of processed data. Unlike static data, that list is stored at once, and no execution overwrites
 * it with an older one. The same execution may ask again: n8n's *Retry On Fail* repeats a node, and n8n
 * may repeat an execution whose worker has crashed. If n8n can't read its list, all runs count as new.
 */
export async function notStartedBefore(
	n8n: IExecuteFunctions,
	ids: string[],
): Promise<Set<string>> {
	const here = (id: string) => `${id} ${n8n.getExecutionId()}`;
	const key = triggerKey(n8n);
	const turn = (turns.get(key) ?? Promise.resolve()).then(
		async () =>
			await n8n.helpers.checkProcessedAndRecord([...ids, ...ids.map(here)], 'node', {
				mode: 'entries',
				maxEntries: MOST_ENTRIES,
			}),
	);
	turns.set(
		key,
		turn.catch(() => undefined),
	);
	try {
		const added = new Set((await turn).new.map(String));
		return new Set(ids.filter((id) => added.has(id) || !added.has(here(id))));
	} catch (error) {
		n8n.logger.warn(
			`${n8n.getNode().name} could not find out which sync job runs have already started the workflow, so it starts it for all of them: ${String(error)}`,
		);
		return new Set(ids);
	}
}
