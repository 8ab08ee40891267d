import { createHook } from 'node:async_hooks';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Where in our code the timers were set that are still running. */
const live = new Map<number, string>();

const hook = createHook({
	init(id, type) {
		if (type !== 'Timeout') return;
		const stack = new Error().stack ?? '';
		// n8n, Jest and the simulator have timers of their own.
		const isOurs = ['lib', 'nodes'].some((folder) => stack.includes(`${ROOT}/${folder}/`));
		// It keeps nothing alive, and goes with its signal.
		if (isOurs && !stack.includes('AbortSignal.timeout')) live.set(id, stack);
	},
	destroy(id) {
		live.delete(id);
	},
});

/**
 * Runs `work` and tells which timers the node's code set in it and left running.
 *
 * @returns how many it set, and the stacks of those left
 */
export async function timersLeftBy(work: () => Promise<void>): Promise<string[]> {
	live.clear();
	hook.enable();
	await work();
	// The end of a timer is told in a later turn of the event loop.
	for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
	hook.disable();
	return [...live.values()];
}
