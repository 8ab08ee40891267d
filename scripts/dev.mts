// npm run dev: what n8n's own `n8n-node dev` does, with the n8n of the tests instead of a download of its own,
// the package as users install it, and a simulated Truto to work with.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, readdirSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { OWNER } from '../test/n8n-host/session.mts';
import { installHost } from '../test/n8n-host/install.mts';
import { freePort, isFree, startN8n } from '../test/n8n-host/n8n.mts';
import { packPackage } from '../test/n8n-host/pack.mts';
import { ROOT } from '../test/n8n-host/paths.mts';
import { endRun, startRun } from '../test/n8n-host/run.mts';
import { takeDemoFolder } from './demo-folder.mts';
import { connectToTruto } from './truto-for-demo.mts';

const PREFERRED_PORT = 5678;
const SOURCES = ['credentials', 'icons', 'lib', 'nodes'];

/** An editor that saves a file changes it several times. */
const QUIET_MS = 150;

const execute = promisify(execFile);

/** Builds, and puts what was built in the place of what n8n has loaded; n8n notices and loads it again. */
async function rebuild(installed: string): Promise<void> {
	try {
		await execute('npm', ['run', '--silent', 'build'], { cwd: ROOT });
		cpSync(join(ROOT, 'dist'), join(installed, 'dist'), { recursive: true });
		console.log(`${new Date().toLocaleTimeString()}  rebuilt`);
	} catch (error) {
		// Gulp prints TypeScript's messages among its own.
		const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
		console.error(`${stdout ?? ''}${stderr ?? ''}` || message);
	}
}

/** All folders with sources. */
function sourceFolders(): string[] {
	const roots = SOURCES.map((name) => join(ROOT, name)).filter((folder) => existsSync(folder));
	return roots.flatMap((root) => {
		const entries = readdirSync(root, { recursive: true, withFileTypes: true });
		const folders = entries.filter((entry) => entry.isDirectory());
		return [root, ...folders.map(({ parentPath, name }) => join(parentPath, name))];
	});
}

/** Calls back after each change of the sources, one call at a time. */
function onChange(callback: () => Promise<void>): void {
	let timer: NodeJS.Timeout | undefined;
	let last = Promise.resolve();
	let watchers: FSWatcher[] = [];
	// Folder by folder: what Node.js watches recursively, it loses when an editor replaces a file.
	const watchAll = () => {
		for (const watcher of watchers) watcher.close();
		watchers = sourceFolders().map((folder) => watch(folder, changed));
	};
	const changed = () => {
		clearTimeout(timer);
		timer = setTimeout(() => {
			watchAll();
			last = last.then(callback);
		}, QUIET_MS);
	};
	watchAll();
}

let stop: () => Promise<void> = endRun;

async function dev(): Promise<void> {
	startRun();
	const { folder, isKept, markAsComplete, release } = takeDemoFolder('dev', false);
	const truto = await connectToTruto();
	await installHost();
	const { tarball } = packPackage();
	console.log('Starting n8n (about 20 seconds) ...');
	const n8n = await startN8n({
		tarball,
		editor: true,
		userFolder: folder,
		port: (await isFree(PREFERRED_PORT)) ? PREFERRED_PORT : await freePort(),
		env: { N8N_DEV_RELOAD: 'true' },
	});
	stop = async () => {
		await n8n.stop();
		await truto.close();
		release();
		await endRun();
	};
	await n8n.api.signIn();
	const { baseUrl, apiToken, name } = truto;
	await n8n.api.saveCredential('Truto', 'trutoApi', { baseUrl, apiToken });
	markAsComplete();
	onChange(async () => {
		await rebuild(join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-truto'));
	});
	console.log(`
  n8n editor   ${n8n.url}${isKept ? ', with your workflows from the last start' : ''}
  login        ${OWNER.email} / ${OWNER.password}
  connected to ${name}
  rebuilt      when a file of ${SOURCES.join('/, ')}/ changes

Ctrl-C stops everything.`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => void stop().finally(() => process.exit(0)));
}
dev().catch(async (error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	await stop();
	process.exit(1);
});
