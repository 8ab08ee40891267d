import { isJsonRecord } from '../json';

/** A request that brought no usable answer. */
export type Failure = StatusFailure | BodyFailure | NetworkFailure | N8nFailure;

/**
 * Truto, or whoever answers at the Base URL, answered with an HTTP status that is no success, or with one
 * that is, but says that a change was not made.
 */
export interface StatusFailure {
	kind: 'status';
	status: number;
	/** The answer's own text, including texts on individual fields; `''` if there is none. */
	said: string;
	/** The third-party app failed, not Truto. */
	remote: boolean;
	/** The body has the form of Truto's errors, so it comes from no proxy. */
	isTrutos?: boolean;
	/** How long Truto asks to wait, in milliseconds; undefined if it does not say. */
	retryAfterMs?: number;
	/** Where a redirect points to. */
	location?: string;
}

/** The answer is a success, but not the JSON that was asked for. */
export interface BodyFailure {
	kind: 'body';
	/** What came instead of JSON; `''` if the body is empty. */
	found: string;
	/** It began as JSON or was announced as JSON, so it did not arrive whole. */
	cut: boolean;
	/** It is JSON, but not an object. */
	isJson?: boolean;
}

/** No answer came. */
export interface NetworkFailure {
	kind: 'network';
	code: string;
	said: string;
}

/** n8n itself refused to send the request, for example because the credential allows other domains only. */
export interface N8nFailure {
	kind: 'n8n';
	message: string;
	description: string;
}

/** A 429 response. */
export function isRateLimited(failure: Failure): failure is StatusFailure & { status: 429 } {
	return failure.kind === 'status' && failure.status === 429;
}

/**
 * Why no answer came. n8n wraps the HTTP library's error once or twice; the network's error code is on
 * the inner one. Before n8n 2.34, the inner errors are lost, and only `httpCode` has the code. If there
 * is no code, n8n itself refused to send the request.
 */
export function failureOf(error: unknown): Failure {
	for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
		const { code, httpCode }: Record<string, unknown> = isJsonRecord(inner) ? inner : {};
		const found = [code, httpCode].find(
			(value) => typeof value === 'string' && /^[A-Z]/.test(value),
		);
		if (found !== undefined) return { kind: 'network', code: String(found), said: inner.message };
	}
	const { message, description } = isJsonRecord(error) ? error : {};
	return {
		kind: 'n8n',
		message: typeof message === 'string' && message !== '' ? message : String(error),
		description: typeof description === 'string' ? description : '',
	};
}
