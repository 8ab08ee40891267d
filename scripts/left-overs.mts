import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';

/** What is in the system's temporary folder after a run, and was not there before it. */
export interface LeftOvers {
	/** Folders of the run itself, and of runs within it. */
	own: string[];
	/** May also come from other programs on this machine. */
	others: string[];
}

export function temporaryFiles(): string[] {
	return readdirSync(tmpdir());
}

/**
 * @param before what was in the temporary folder when the run began
 * @param after what is there now that the run has ended
 * @param runFolder what `startRun` has returned
 */
export function leftOvers(before: string[], after: string[], runFolder: string): LeftOvers {
	const isOwn = (name: string) => name.startsWith(basename(runFolder));
	const isNew = (name: string) => !before.includes(name) && !isOwn(name);
	return { own: after.filter(isOwn), others: after.filter(isNew) };
}
