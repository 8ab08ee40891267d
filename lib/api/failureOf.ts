import type { Failure } from './failure';

/**
 * Why no answer came. n8n wraps the HTTP library's error once or twice; the network's error code is on
 * the inner one. Before n8n 2.34, the inner errors are lost, and only `httpCode` has the code. If there
 * is no code, n8n itself refused to send the request.
 */
export function failureOf(error: unknown): Failure {
	for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
		const { code, httpCode } = inner as Error & { code?: unknown; httpCode?: unknown };
		const found = [code, httpCode].find(
			(value) => typeof value === 'string' && /^[A-Z]/.test(value),
		);
		if (found !== undefined) return { kind: 'network', code: String(found), said: inner.message };
	}
	const { message, description } = error as { message?: unknown; description?: unknown };
	return {
		kind: 'n8n',
		message: typeof message === 'string' && message !== '' ? message : String(error),
		description: typeof description === 'string' ? description : '',
	};
}
