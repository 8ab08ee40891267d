import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { takePeakMemory } from '../test/n8n-host/memory.mts';
import { startN8n, type N8nInstance } from '../test/n8n-host/n8n.mts';
import { packPackage } from '../test/n8n-host/pack.mts';
import { NODE_24, ROOT } from '../test/n8n-host/paths.mts';
import { temporaryFolder } from '../test/n8n-host/run.mts';
import { VALID_TOKEN } from '../test/simulator/constants.mts';
import type { Dialect } from '../test/simulator/dialect.mts';
import type { RequestCounts } from '../test/simulator/request-log.mts';

/** A simulated Truto in a process of its own, so that its work does not slow n8n's event loop. */
export interface SimulatorProcess {
	url: string;
	/** Adds runs and returns their ids. */
	addRuns(count: number, resources: number): Promise<string[]>;
	/** Of the requests since the last reset. */
	counts(): Promise<RequestCounts>;
	/** Forgets requests, faults and the rate limit's window. */
	reset(): Promise<void>;
	/** Delays each answer. */
	delayAnswers(ms: number): Promise<void>;
	stop(): void;
}

/** @param rateLimit `off`, or `500/10000` as Truto's */
export async function startSimulatorProcess(
	rateLimit: string,
	dialect: Partial<Dialect> = {},
): Promise<SimulatorProcess> {
	const cli = join(ROOT, 'test', 'simulator', 'cli.mts');
	const args = [cli, '--rate-limit', rateLimit, '--dialect', JSON.stringify(dialect)];
	const child = spawn(NODE_24, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	const { value: line } = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
	const { url } = JSON.parse(String(line)) as { url: string };
	const control = async <T,>(method: string, path: string, body?: object): Promise<T> => {
		const answer = await fetch(`${url}/__simulator/${path}`, {
			method,
			headers: { 'Content-Type': 'application/json' },
			body: body && JSON.stringify(body),
		});
		if (!answer.ok) throw new Error(`The simulator answered ${answer.status} to ${path}`);
		return (await answer.json()) as T;
	};
	return {
		url,
		addRuns: async (count, resources) => {
			const { ids } = await control<{ ids: string[] }>('POST', 'runs', { count, resources });
			return ids;
		},
		counts: async () => await control<RequestCounts>('GET', 'requests'),
		reset: async () => {
			await control('POST', 'reset', {});
		},
		delayAnswers: async (ms) => {
			await control('POST', 'delay', { ms });
		},
		stop: () => child.kill(),
	};
}

/** A real n8n with the packed package, and a credential for the simulator. */
export interface BenchHost {
	n8n: N8nInstance;
	credential: { id: string; name: string };
	/** The highest resident memory of n8n's process since the last call, in bytes. */
	takePeakMemory(): number;
	stop(): Promise<void>;
}

let packed: string | undefined;

/** The packed package. Packing takes as long as many a measure, so it is done once. */
function tarball(): string {
	packed ??= packPackage().tarball;
	return packed;
}

/** @param nodes the code of further nodes, by the names of their classes */
export async function startBenchHost(
	simulator: SimulatorProcess,
	env: Record<string, string> = {},
	nodes: Record<string, string> = {},
): Promise<BenchHost> {
	const userFolder = temporaryFolder('bench');
	const custom = join(userFolder, '.n8n', 'custom');
	mkdirSync(custom, { recursive: true });
	for (const [name, code] of Object.entries(nodes)) {
		writeFileSync(join(custom, `${name}.node.js`), code);
	}
	const n8n = await startN8n({
		tarball: tarball(),
		userFolder,
		// The items' ids come from a Code node, whose runner has a limit for what it takes.
		env: {
			N8N_PAYLOAD_SIZE_MAX: '256',
			N8N_RUNNERS_MAX_PAYLOAD: String(1024 ** 3),
			...env,
		},
	});
	await n8n.api.signIn();
	const data = { apiToken: VALID_TOKEN, baseUrl: simulator.url };
	const { id, name } = await n8n.api.createCredential('Truto', 'trutoApi', data);
	return {
		n8n,
		credential: { id, name },
		takePeakMemory: () => takePeakMemory(n8n.pid),
		stop: async () => await n8n.stop(),
	};
}
