import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { installPackage } from './install-package.mts';
import { instanceOf, type N8nInstance } from './instance.mts';
import { HOST_FOLDER, NODE_24 } from './paths.mts';
import { endWithRun, runFolder, temporaryFolder } from './run.mts';

/** What a process of n8n does; all but `start` belong to its queue mode. */
export type Role = 'start' | 'worker' | 'webhook';

export interface N8nOptions {
	/** Default: `start`. */
	role?: Role;
	/** The packed package, see `pack.mts`. */
	tarball: string;
	/** Default: any free port. */
	port?: number;
	/** Where n8n keeps its data; default: a new folder that is removed with the run. */
	userFolder?: string;
	env?: Record<string, string>;
	/**
	 * Whether it serves its editor; default: not. n8n writes all of the editor's 38 MB anew at each start, which
	 * takes seconds.
	 */
	editor?: boolean;
	/** Whether the package is in `userFolder` already. */
	isInstalled?: boolean;
	/** Whether it stays when the process that starts it ends; it still ends with the run. */
	stays?: boolean;
}

const START_TIMEOUT_MS = 180_000;

export type { N8nInstance };

/** Starts a real n8n with the packed package. */
export async function startN8n(options: N8nOptions): Promise<N8nInstance> {
	const userFolder = options.userFolder ?? temporaryFolder('n8n');
	if (!options.isInstalled) installPackage(options.tarball, userFolder);
	const role = options.role ?? 'start';
	const port = options.port ?? (await freePort());
	const output = join(temporaryFolder('output'), 'n8n.log');
	const file = openSync(output, 'a');
	const child = spawn(NODE_24, [join(HOST_FOLDER, 'node_modules', 'n8n', 'bin', 'n8n'), role], {
		env: {
			...process.env,
			...quietEnvironment(userFolder, port, await freePort()),
			N8N_DISABLE_UI: String(!options.editor),
			...options.env,
		},
		detached: true,
		stdio: ['ignore', file, file],
	});
	closeSync(file);
	endWithRun(child);
	if (options.stays) child.unref();
	const instance = instanceOf({ port, pid: child.pid ?? 0, userFolder, output });
	// Only `start` has the REST API.
	const isReady = async () =>
		role === 'start' ? await instance.api.isReady() : await isHealthy(instance.url);
	await waitUntilReady(instance, child, isReady);
	return instance;
}

/** n8n without anything that calls out, asks questions or listens beyond this machine. */
function quietEnvironment(userFolder: string, port: number, brokerPort: number) {
	return {
		TMPDIR: runFolder(),
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
		N8N_LOG_LEVEL: 'warn',
		NODE_ENV: 'production',
		N8N_DISABLED_MODULES: disabledModules().join(),
	};
}

/**
 * Parts of n8n that call out, as far as this release has them: it refuses names that it doesn't know. On a busy
 * machine, `otel` also fails executions that n8n goes on with after a restart.
 */
function disabledModules(): string[] {
	const modules = join(HOST_FOLDER, 'node_modules', 'n8n', 'dist', 'modules');
	return ['otel', 'mcp-registry'].filter((name) => existsSync(join(modules, name)));
}

async function isHealthy(url: string): Promise<boolean> {
	const answer = await fetch(`${url}/healthz/readiness`).catch(() => undefined);
	return answer?.status === 200;
}

async function waitUntilReady(
	instance: N8nInstance,
	child: ChildProcess,
	isReady: () => Promise<boolean>,
): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null) {
			throw new Error(`n8n ended with code ${child.exitCode}:\n${instance.logs().slice(-3000)}`);
		}
		if (await isReady()) return;
		await delay(250);
	}
	await instance.stop('SIGKILL');
	throw new Error(`n8n was not ready in time:\n${instance.logs().slice(-3000)}`);
}

/**
 * A port that nobody listens on now. n8n only listens on it seconds later, so it is below the range from
 * which systems take ports for outgoing connections and for `listen(0)`.
 */
export async function freePort(): Promise<number> {
	for (;;) {
		const port = randomInt(20_000, 32_000);
		if (await isFree(port)) return port;
	}
}

/** Whether nobody listens on a port now. */
export async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	const free = await new Promise<boolean>((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => resolve(true));
	});
	await new Promise((resolve) => server.close(resolve));
	return free;
}
