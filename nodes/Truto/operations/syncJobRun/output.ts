import { postReceive } from '../../../../lib/n8n/declared';
import { runOutput } from '../../../../lib/parameters/runOutput';
import { outputRun } from '../../../../lib/runs/output';
import { readRun } from '../../../../lib/truto/run';

/** The run, whole or as one item per resource. */
export const splitOrWhole = postReceive(readRun, { output: runOutput }, (run, { output }) =>
	outputRun(run, output),
);
