import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { N8nApi } from './api.mts';

/** What other processes need to know of an n8n, to use it and to end it. */
export interface N8nProcess {
	port: number;
	/** It also leads a process group: what it has started. */
	pid: number;
	userFolder: string;
	/** The file that gets what it prints. */
	output: string;
}

/** A running n8n. */
export interface N8nInstance extends N8nProcess {
	url: string;
	api: N8nApi;
	/** What it has printed so far. */
	logs(): string;
	/** Ends it and waits until it is gone; SIGKILL for a crash. */
	stop(signal?: NodeJS.Signals): Promise<void>;
}

const PATIENCE_MS = 15_000;

/** @param logsFrom where in the output the logs begin */
export function instanceOf(n8n: N8nProcess, logsFrom = 0): N8nInstance {
	const { port, pid, userFolder, output } = n8n;
	const url = `http://127.0.0.1:${port}`;
	return {
		...{ port, pid, userFolder, output, url },
		api: new N8nApi(url),
		logs: () => readFileSync(output).subarray(logsFrom).toString(),
		stop: async (signal = 'SIGTERM') => await stop(pid, signal),
	};
}

async function stop(pid: number, signal: NodeJS.Signals): Promise<void> {
	if (!send(pid, signal)) return;
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await delay(20)) {
		if (isGone(pid)) return;
	}
	send(pid, 'SIGKILL');
	while (!isGone(pid)) await delay(20);
}

/** Whether a process has ended. One that has is still there as a zombie until its parent has noticed. */
export function isGone(pid: number): boolean {
	if (!send(pid, 0)) return true;
	const status = `/proc/${pid}/stat`;
	// Before its state comes its name in parentheses.
	return existsSync(status) && /\) [ZX] [^)]*$/.test(readFileSync(status, 'utf8'));
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(pid, signal);
	} catch {
		return false;
	}
}
