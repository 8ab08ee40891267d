import { sleep } from 'n8n-workflow';

/**
 * Like n8n's `sleep`, but can be aborted in n8n before 2.35, too.
 *
 * @throws the signal's reason as soon as it aborts
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	signal?.throwIfAborted();
	await unlessAborted(sleep(ms, signal), signal);
}

/**
 * Waits for work, but only until the signal aborts. A later result is dropped.
 *
 * @throws the signal's reason as soon as it aborts
 */
export async function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
	if (!signal) return await work;
	return await new Promise<T>((resolve, reject) => {
		const onAbort = () => {
			reject(signal.reason);
		};
		signal.addEventListener('abort', onAbort, { once: true });
		void work.then(resolve, reject).finally(() => {
			signal.removeEventListener('abort', onAbort);
		});
	});
}
