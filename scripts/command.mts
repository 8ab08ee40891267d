import { spawn } from 'node:child_process';

import { endWithRun, runFolder } from '../test/n8n-host/run.mts';

/**
 * Runs a command to its end, and ends it with this process: it is part of the run. Its temporary data are
 * removed with the run, too.
 *
 * @returns whether it succeeded
 */
export async function runCommand(command: string, ...args: string[]): Promise<boolean> {
	const child = spawn(command, args, {
		env: { ...process.env, TMPDIR: runFolder() },
		detached: true,
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	endWithRun(child);
	return await new Promise((resolve) => {
		child.once('error', () => resolve(false));
		child.once('exit', (code) => resolve(code === 0));
	});
}
