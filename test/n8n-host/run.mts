import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isGroupAlive } from './group.mts';
import { NODE_24, ROOT } from './paths.mts';

/** Where the current run's folder is, for processes that this one starts, and for tests in Jest's sandbox. */
const VARIABLE = 'TRUTO_RUN_FOLDER';

/** Ends the run that this process has started. */
let endCurrent: () => Promise<void> = () => Promise.resolve();

/**
 * Starts a run of tests, of a bench or of the demo, and returns the folder for its temporary data. The run's
 * guard, a process of its own, cleans up as soon as this process is gone, however it went: a handler for
 * signals would not see a crash, a SIGKILL, or any signal from within Jest's sandbox.
 */
export function startRun(): string {
	const outer = process.env[VARIABLE];
	// Beside the outer run's folder, not in it, because each guard removes its own. The name tells whose it is.
	const folder = mkdtempSync(`${outer ?? join(tmpdir(), 'n8n-nodes-truto')}-`);
	// PostgreSQL may run as another user, who must get to its folder in this one.
	chmodSync(folder, 0o711);
	mkdirSync(join(folder, 'processes'));
	const guard = spawn(NODE_24, [join(ROOT, 'test', 'n8n-host', 'guard.mts'), folder], {
		// Not in this process's group: Ctrl-C would end it as well.
		detached: true,
		// This process's end closes the pipe.
		stdio: ['pipe', 'ignore', 'inherit'],
	});
	guard.unref();
	process.env[VARIABLE] = folder;
	endCurrent = async () => {
		const gone = once(guard, 'exit');
		guard.ref();
		guard.stdin.end();
		await gone;
	};
	return folder;
}

/**
 * Ends what still runs of the run that this process has started, removes its folder, and waits until both are
 * done.
 */
export async function endRun(): Promise<void> {
	await endCurrent();
	endCurrent = () => Promise.resolve();
}

/** The folder of the current run; starts one if there is none. */
export function runFolder(): string {
	return process.env[VARIABLE] ?? startRun();
}

/** A new folder for temporary data. */
export function temporaryFolder(name: string): string {
	return mkdtempSync(join(runFolder(), `${name}-`));
}

/**
 * Has a process end with the run at the latest, and all that it starts.
 *
 * @param child started with `detached: true`, so that it leads a process group
 */
export function endWithRun(child: ChildProcess): void {
	const { pid } = child;
	if (pid === undefined) return;
	const note = join(runFolder(), 'processes', String(pid));
	writeFileSync(note, '');
	child.once('exit', () => {
		// What it has started may outlive it, for example the task runner of a killed n8n.
		if (!isGroupAlive(pid)) rmSync(note, { force: true });
	});
}
