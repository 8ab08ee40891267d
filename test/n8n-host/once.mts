import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runFolder } from './run.mts';

const PATIENCE_MS = 300_000;

/**
 * Does something once for all processes of a run: the first one does it, the others wait for its result.
 *
 * @param name of what is done
 * @param work its result must be JSON
 * @throws what `work` throws; the next process then tries anew
 */
export function onceForRun<T>(name: string, work: () => T): T {
	const folder = join(runFolder(), name);
	const result = join(folder, 'result.json');
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; sleep(100)) {
		if (existsSync(result)) return JSON.parse(readFileSync(result, 'utf8')) as T;
		if (isFirst(folder)) return doFirst(folder, result, work);
	}
	throw new Error(`Another process has begun with "${name}", but did not end in time`);
}

function isFirst(folder: string): boolean {
	try {
		mkdirSync(folder);
		return true;
	} catch {
		return false;
	}
}

function doFirst<T>(folder: string, result: string, work: () => T): T {
	try {
		const value = work();
		writeFileSync(`${result}.new`, JSON.stringify(value));
		renameSync(`${result}.new`, result);
		return value;
	} catch (error) {
		rmSync(folder, { recursive: true, force: true });
		throw error;
	}
}

function sleep(ms: number): void {
	Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
