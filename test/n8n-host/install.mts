import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { HOST_FOLDER, NODE_FOLDER } from './paths.mts';

const STAMP = join(HOST_FOLDER, 'node_modules', '.installed');

/** n8n needs these compiled; all other install scripts stay off. */
const NATIVE_MODULES = ['sqlite3', 'isolated-vm'];

/**
 * Installs the n8n that demo and tests run, once: a changed lockfile or Node.js version installs anew.
 * Says what it does, as it takes minutes.
 *
 * @throws where npm fails; its output was shown
 */
export async function installHost(): Promise<void> {
	const lock = readFileSync(join(HOST_FOLDER, 'package-lock.json'));
	const wanted = `${createHash('sha256').update(lock).digest('hex')} ${process.version}`;
	if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
	console.log(
		'Installing n8n for the demo and the tests: 2.6 GB, about 4 minutes, only this once.',
	);
	await npm('downloading', ['ci', '--ignore-scripts', '--loglevel=error']);
	await npm('compiling', [
		'rebuild',
		...NATIVE_MODULES,
		'--ignore-scripts=false',
		'--loglevel=error',
	]);
	writeFileSync(STAMP, wanted);
}

async function npm(what: string, args: string[]): Promise<void> {
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1000);
	const progress = setInterval(() => {
		console.log(`  n8n: ${what}, ${seconds()} s`);
	}, 15_000);
	// node-gyp would download these headers; the npm package "node" has brought them along.
	const headers = NODE_FOLDER === undefined ? {} : { npm_config_nodedir: NODE_FOLDER };
	const child = spawn('npm', args, {
		cwd: HOST_FOLDER,
		env: { ...process.env, ...headers },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
	clearInterval(progress);
	if (code !== 0) {
		console.error(output.slice(-4000));
		throw new Error(`"npm ${args.join(' ')}" failed in ${HOST_FOLDER}`);
	}
	console.log(`  n8n: ${what} done after ${seconds()} s`);
}
