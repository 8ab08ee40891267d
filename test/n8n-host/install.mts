import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { HOST_FOLDER, N8N_VERSION, NODE_FOLDER } from './paths.mts';
import { endWithRun } from './run.mts';

const STAMP = join(HOST_FOLDER, 'node_modules', '.installed');

/** n8n needs these compiled, if its release has them; all other install scripts stay off. */
const NATIVE_MODULES = ['sqlite3', 'isolated-vm'];

/** Many releases take this from a host that is no npm registry; only nodes for spreadsheets need it. */
const OVERRIDES = { xlsx: '0.18.5' };

/**
 * Installs the n8n that demo and tests run, once: a changed lockfile, release or Node.js version installs
 * anew. Says what it does, as it takes minutes.
 *
 * @throws if npm fails; its output was shown
 */
export async function installHost(): Promise<void> {
	const releases = wantedReleases();
	const source = releases?.join() ?? readFileSync(join(HOST_FOLDER, 'package-lock.json'));
	const wanted = `${createHash('sha256').update(source).digest('hex')} ${process.version}`;
	if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
	console.log(
		'Installing n8n for the demo and the tests: 2.6 GB, about 4 minutes, only this once.',
	);
	if (releases) await downloadFirstOf(releases);
	else await npm('downloading', ['ci', '--ignore-scripts', '--loglevel=error']);
	await npm('compiling', [
		'rebuild',
		...NATIVE_MODULES,
		'--ignore-scripts=false',
		'--loglevel=error',
	]);
	writeFileSync(STAMP, wanted);
}

/** Newest first; undefined for the one of the lockfile. */
function wantedReleases(): string[] | undefined {
	if (N8N_VERSION === undefined) return undefined;
	if (N8N_VERSION !== 'latest' && N8N_VERSION !== 'next') return [N8N_VERSION];
	const tag = `dist-tags.${N8N_VERSION}`;
	const output = execFileSync('npm', ['view', 'n8n', 'versions', tag, '--json']).toString();
	const answer = JSON.parse(output) as Record<string, unknown>;
	const versions = answer.versions as string[];
	const newest = String(answer[tag]);
	const released = versions.slice(0, versions.indexOf(newest) + 1);
	return released
		.filter((version) => version === newest || !version.includes('-'))
		.slice(-3)
		.reverse();
}

/** For a while after its release an n8n may miss one of its own packages on the registry. */
async function downloadFirstOf(releases: string[]): Promise<void> {
	mkdirSync(HOST_FOLDER, { recursive: true });
	for (const release of releases) {
		const manifest = { private: true, dependencies: { n8n: release }, overrides: OVERRIDES };
		writeFileSync(join(HOST_FOLDER, 'package.json'), JSON.stringify(manifest));
		try {
			await npm(`downloading ${release}`, ['install', '--ignore-scripts', '--loglevel=error']);
			return;
		} catch (error) {
			if (release === releases.at(-1)) throw error;
		}
	}
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
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	endWithRun(child);
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
