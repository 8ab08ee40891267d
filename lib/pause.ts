import { sleep } from 'n8n-workflow';

/**
 * Waits, in n8n before 2.35, too, whose own `sleep` takes no signal.
 *
 * @throws the signal's reason as soon as it aborts
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	if (!signal) return await sleep(ms);
	signal.throwIfAborted();
	await new Promise<void>((resolve, reject) => {
		const onAbort = () => {
			reject(signal.reason as Error);
		};
		signal.addEventListener('abort', onAbort, { once: true });
		void sleep(ms, signal)
			.then(resolve, reject)
			.finally(() => {
				signal.removeEventListener('abort', onAbort);
			});
	});
}
