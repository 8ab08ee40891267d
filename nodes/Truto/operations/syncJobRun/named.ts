import { withNames } from '../../../../lib/n8n/names';
import type { ItemContext } from '../../../../lib/n8n/operation';
import { showsNames, type RunOutput } from '../../../../lib/runs/output';
import type { Run } from '../../../../lib/truto/run';

/** Gives runs their names, if *Include Names* is on and the output has columns for them. */
export async function namedRuns(
	runs: Run[],
	{ includeNames, output }: { includeNames: boolean; output: RunOutput },
	item: ItemContext,
): Promise<Run[]> {
	return includeNames && showsNames(output) ? await withNames(runs, item) : runs;
}

/** The same for one run. */
export async function namedRun(
	run: Run,
	choice: { includeNames: boolean; output: RunOutput },
	item: ItemContext,
): Promise<Run> {
	const [named] = await namedRuns([run], choice, item);
	return named ?? run;
}
