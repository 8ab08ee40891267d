// Runs before anything is installed and under the system's own Node.js (20 or newer): plain JavaScript,
// built-in modules only. It installs the dev dependencies, among them the Node.js 24 that n8n needs, and
// hands over to a script that runs in it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const BIN = join(ROOT, 'node_modules', '.bin');
const WINDOWS = process.platform === 'win32';
const NODE_24 = join(ROOT, 'node_modules', 'node', 'bin', WINDOWS ? 'node.exe' : 'node');

/** The packages that a lockfile, or npm's record of what it installed, names with their versions. */
function readLock(file) {
	return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/** npm writes its record last, so an interrupted installation has none. */
function isInstalled() {
	const record = join(ROOT, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	const installed = readLock(record);
	return Object.entries(readLock(join(ROOT, 'package-lock.json'))).every(
		([path, { version, optional, peer }]) =>
			path === '' || optional || peer || installed[path]?.version === version,
	);
}

/** Otherwise npm prints hundreds of lines about packages that want a newer Node.js than the system's. */
const QUIET = '--loglevel=error';

function npm(...args) {
	// One string: a shell is needed on Windows, and Node.js warns about arguments beside a shell.
	const { status } = spawnSync(`npm ${args.join(' ')}`, {
		cwd: ROOT,
		stdio: 'inherit',
		shell: true,
	});
	if (status !== 0) {
		console.error(`"npm ${args.join(' ')}" failed; its output above says why.`);
		process.exit(status ?? 1);
	}
}

function versionOf(node) {
	const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
	return Number(/^v(\d+)/.exec(stdout ?? '')?.[1] ?? 0);
}

/** Installs what is missing and returns the path of a Node.js that n8n runs in. */
function prepareNode() {
	if (!isInstalled()) {
		console.log('Installing the dev dependencies (about 600 MB, a minute or two) ...');
		npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', QUIET);
	}
	if (versionOf(NODE_24) >= 24) return NODE_24;
	console.log('Installing Node.js 24 into node_modules (about 120 MB) ...');
	// The one install script that is let run: it puts the binary of this platform in its place.
	npm('rebuild', 'node', '--ignore-scripts=false', QUIET);
	if (versionOf(NODE_24) >= 24) return NODE_24;
	if (versionOf(process.execPath) >= 24) return process.execPath;
	console.error(
		`n8n needs Node.js 24. This is ${process.version}, and npm's "node" package brought none.`,
	);
	return process.exit(1);
}

/**
 * npm hands a SIGTERM on to its shell, which ends without telling this process: its parent is then another
 * one. Outside of npm, a parent may end for good reasons.
 */
function onOrphaned(end) {
	if (process.env.npm_lifecycle_event === undefined) return;
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		end();
	}, 500);
	watch.unref();
}

/**
 * Runs a TypeScript script of this folder in Node.js 24 with this process's arguments, and ends as it
 * does. Ctrl-C reaches the script as well: this process waits for it to clean up.
 */
export function runScript(name) {
	const node = prepareNode();
	const env = {
		...process.env,
		PATH: [dirname(node), BIN, process.env.PATH ?? ''].join(delimiter),
	};
	const child = spawn(node, [join(ROOT, 'scripts', name), ...process.argv.slice(2)], {
		cwd: ROOT,
		env,
		stdio: 'inherit',
	});
	process.on('SIGINT', () => undefined);
	for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	onOrphaned(() => child.kill('SIGTERM'));
	child.on('exit', (code, signal) => {
		process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
	});
}
