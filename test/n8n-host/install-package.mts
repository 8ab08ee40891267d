import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { onceForRun } from './once.mts';
import { HOST_FOLDER, ROOT } from './paths.mts';
import { temporaryFolder } from './run.mts';

/**
 * Puts the packed package into an n8n. npm takes 4 s of CPU, so it does it once for each run, and the other n8n
 * of the run get a copy.
 *
 * @param tarball see `pack.mts`
 */
export function installPackage(tarball: string, userFolder: string): void {
	const folder = join(userFolder, '.n8n', 'nodes');
	// A demo is kept, with what people have installed there.
	if (userFolder.startsWith(ROOT)) {
		useWorkflowOfHost(userFolder);
		installIn(folder, tarball);
		return;
	}
	const installed = onceForRun('installed', () => installIn(temporaryFolder('nodes'), tarball));
	cpSync(installed, folder, { recursive: true });
}

/** Installs the package as n8n's docs tell users to do by hand. @returns the folder */
function installIn(folder: string, tarball: string): string {
	mkdirSync(folder, { recursive: true });
	const manifest = join(folder, 'package.json');
	// Else npm would remove what people have installed.
	if (!existsSync(manifest)) {
		writeFileSync(manifest, '{ "name": "installed-nodes", "private": true }');
	}
	// npm would keep what `npm run dev` has put there.
	rmSync(join(folder, 'node_modules', 'n8n-nodes-truto'), { recursive: true, force: true });
	const args = ['install', tarball, '--omit=peer', '--ignore-scripts', '--loglevel=error'];
	execFileSync('npm', args, { cwd: folder, stdio: 'pipe' });
	return folder;
}

/** Below this repository, Node.js would find the n8n-workflow of its development dependencies. */
function useWorkflowOfHost(userFolder: string): void {
	const folder = join(userFolder, '.n8n', 'node_modules');
	mkdirSync(folder, { recursive: true });
	const link = join(folder, 'n8n-workflow');
	if (existsSync(link)) return;
	symlinkSync(join(HOST_FOLDER, 'node_modules', 'n8n-workflow'), link, 'junction');
}
