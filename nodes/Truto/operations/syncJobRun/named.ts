import { withNamesIfShown } from '../../../../lib/n8n/names';
import type { ItemContext } from '../../../../lib/n8n/operation';
import type { RunOutput } from '../../../../lib/runs/output';
import type { Run } from '../../../../lib/truto/run';

/** Gives one run its names, if *Include Names* is on and the output has columns for them. */
export async function namedRun(
	run: Run,
	choice: { includeNames: boolean; output: RunOutput },
	item: ItemContext,
): Promise<Run> {
	const [named] = await withNamesIfShown([run], choice, item);
	return named ?? run;
}
