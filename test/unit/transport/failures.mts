import type { Failure, StatusFailure } from '../../../lib/transport/failure';
import { TrutoError, type Sent, type Subject } from '../../../lib/transport/trutoError';

export const ABOUT = 'sync job run 3f0c8a52';
export const ORIGIN = 'https://api.truto.one';

/** The request that failed. */
export const SUBJECT: Subject = {
	method: 'GET',
	about: ABOUT,
	path: '/sync-job-run/3f0c8a52',
	origin: ORIGIN,
	hasOptions: true,
};

/** How it was sent. */
export const ONCE: Sent = { tries: 1, elapsedMs: 0, mayHaveArrived: false };

export function status(code: number, more: Partial<StatusFailure> = {}): Failure {
	return { kind: 'status', status: code, said: '', remote: false, ...more };
}

export function network(code: string): Failure {
	return { kind: 'network', code, said: 'getaddrinfo ENOTFOUND api.truto.one' };
}

export function errorOf(failure: Failure, tries = 1, elapsedMs = 0, method = 'GET'): TrutoError {
	const sent = { ...ONCE, tries, elapsedMs };
	return new TrutoError(failure, { ...SUBJECT, method }, sent, (text) => text);
}
