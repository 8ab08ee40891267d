import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { freePort } from '../n8n-host/n8n.mts';
import { endWithRun } from '../n8n-host/run.mts';

/** A running Redis or PostgreSQL. */
export interface Service {
	port: number;
	/** Ends it and waits until it is gone. */
	stop(): Promise<void>;
}

interface Program {
	command: string;
	args: string[];
	/** What it prints as soon as it takes connections. */
	readyText: string;
	user?: { uid: number; gid: number };
}

const START_TIMEOUT_MS = 60_000;

const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** Starts a Redis that keeps its data in memory; Debian's own one is left alone. */
export async function startRedis(folder: string): Promise<Service> {
	mkdirSync(folder, { recursive: true });
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
	const stop = await start({
		command: commandOf('redis-server', 'redis-server'),
		args: [...args, '--save', '', '--appendonly', 'no'],
		readyText: 'Ready to accept connections',
	});
	return { port, stop };
}

/** The account of PostgreSQL's own superuser; whoever runs on this machine may use it: there is no password. */
export const POSTGRES_USER = 'n8n';

/** Starts a PostgreSQL with a new, empty cluster of databases; Debian's own one is left alone. */
export async function startPostgres(folder: string): Promise<Service> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const user = process.getuid?.() === 0 ? postgresUser() : undefined;
	if (user) chownSync(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	const init = ['-D', data, '-U', POSTGRES_USER, '--auth=trust', '--no-sync', '--encoding=UTF8'];
	execFileSync(postgresCommand('initdb'), [...init, '--locale=C.UTF-8'], {
		...user,
		cwd: folder,
		stdio: 'pipe',
	});
	const port = await freePort();
	const settings = {
		listen_addresses: '127.0.0.1',
		port: String(port),
		unix_socket_directories: '',
		// The data lives as long as the test.
		fsync: 'off',
		full_page_writes: 'off',
		synchronous_commit: 'off',
	};
	const stop = await start({
		command: postgresCommand('postgres'),
		args: [
			'-D',
			data,
			...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
		],
		readyText: 'database system is ready to accept connections',
		user,
	});
	return { port, stop };
}

async function start({ command, args, readyText, user }: Program): Promise<Service['stop']> {
	const child = spawn(command, args, {
		...user,
		cwd: '/',
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	endWithRun(child);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	let failure = '';
	child.once('error', (error) => (failure = error.message));
	child.once('exit', (code) => (failure ||= `ended with code ${code}`));
	const stop = async () => {
		if (failure !== '') return;
		const gone = new Promise((resolve) => child.once('exit', resolve));
		// PostgreSQL's "fast shutdown": it does not wait for its clients.
		child.kill('SIGINT');
		await gone;
	};
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (!output.includes(readyText)) {
		if (failure === '' && Date.now() < deadline) {
			await delay(50);
			continue;
		}
		await stop();
		throw new Error(`${command}: ${failure || 'not ready in time'}\n${output.slice(-2000)}`);
	}
	return stop;
}

/** PostgreSQL refuses to run as root; Debian's package makes this user. */
function postgresUser(): { uid: number; gid: number } {
	const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres']).toString());
	return { uid: id('-u'), gid: id('-g') };
}

/** Debian keeps the programs of each version in a folder of its own that is not on the PATH. */
function postgresCommand(name: string): string {
	const versions = existsSync(POSTGRES_VERSIONS) ? readdirSync(POSTGRES_VERSIONS) : [];
	const newestFirst = versions.sort((a, b) => Number(b) - Number(a));
	const found = newestFirst
		.map((version) => join(POSTGRES_VERSIONS, version, 'bin', name))
		.find((path) => existsSync(path));
	return found ?? commandOf(name, 'postgresql');
}

function commandOf(name: string, debianPackage: string): string {
	const folders = (process.env.PATH ?? '').split(':');
	const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
	if (found) return found;
	throw new Error(
		`${name} is missing. On Debian: apt-get install --no-install-recommends ${debianPackage}`,
	);
}
