import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CACHE_FOLDER } from '../test/n8n-host/paths.mts';
import { temporaryFolder } from '../test/n8n-host/run.mts';

/** Where a demo's n8n keeps its data. */
export interface DemoFolder {
	folder: string;
	/** Whether it holds what an earlier start has left. */
	isKept: boolean;
	/** To be called as soon as the folder holds all that a later start may build on. */
	markAsComplete(): void;
	/** Lets the next start have the folder. */
	release(): void;
}

const nothing = () => undefined;

/**
 * Takes the folder of the last demo, or a temporary one if another demo is using that.
 *
 * @param name of the folder in .cache/
 * @param fresh whether to throw away what the last start has left
 */
export function takeDemoFolder(name: string, fresh: boolean): DemoFolder {
	const folder = join(CACHE_FOLDER, name);
	const lock = `${folder}.pid`;
	mkdirSync(CACHE_FOLDER, { recursive: true });
	if (isHeld(lock)) {
		console.log(
			'Another demo is running, so this one uses its own data and deletes it when it ends.',
		);
		const own = temporaryFolder(name);
		return { folder: own, isKept: false, markAsComplete: nothing, release: nothing };
	}
	writeFileSync(lock, String(process.pid));
	const mark = join(folder, 'complete');
	const isKept = existsSync(mark) && !fresh;
	if (!isKept) rmSync(folder, { recursive: true, force: true });
	return {
		folder,
		isKept,
		markAsComplete: () => writeFileSync(mark, ''),
		release: () => rmSync(lock, { force: true }),
	};
}

/** A demo that was killed leaves its lock behind. */
function isHeld(lock: string): boolean {
	if (!existsSync(lock)) return false;
	try {
		return process.kill(Number(readFileSync(lock, 'utf8')), 0);
	} catch {
		return false;
	}
}
