import { pause } from '../../../lib/pause';

/** The pause before the first try, in milliseconds. Each one is twice as long as the one before. */
const FIRST_PAUSE_MS = 5_000;

const LONGEST_PAUSE_MS = 300_000;

interface Attempts {
	controller: AbortController;
	ended: Promise<void>;
}

const byTrigger = new Map<string, Attempts>();

/**
 * Tries something again and again, for one trigger. It must not evaluate parameters: after an activation,
 * n8n can't any more.
 *
 * @param work returns whether that was the last try
 */
export async function tryLater(trigger: string, work: () => Promise<boolean>): Promise<void> {
	await stopTrying(trigger);
	const controller = new AbortController();
	byTrigger.set(trigger, { controller, ended: tryUntilDone(work, controller.signal) });
}

/** Resolves when a try that is under way has ended. To be called when a trigger ends, too. */
export async function stopTrying(trigger: string): Promise<void> {
	const attempts = byTrigger.get(trigger);
	byTrigger.delete(trigger);
	attempts?.controller.abort();
	await attempts?.ended;
}

async function tryUntilDone(work: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
	for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
		await pause(pauseMs, signal).catch(() => undefined);
		if (signal.aborted || (await work())) return;
	}
}
