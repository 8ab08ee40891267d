import { ExplainedError } from '../explainedError';
import type { Failure } from './answer';

/** What was asked of Truto, for error texts. */
export interface Subject {
	/** For example `sync job run 3f0c8a52-…`. */
	about: string;
	/** Scheme, host and port of the base URL. */
	origin: string;
}

/** A request that failed for good, after all retries. */
export class TrutoError extends ExplainedError {
	constructor(
		readonly failure: Failure,
		subject: Subject,
		/** How many times the request was sent. */
		readonly tries: number,
		elapsedMs: number,
	) {
		const { message, advice } = explain(failure, subject);
		super(message, [advice, quote(failure), history(tries, elapsedMs)].filter(Boolean).join(' '));
	}

	/** The HTTP status, undefined where there was no answer. */
	get status(): number | undefined {
		return this.failure.kind === 'status' ? this.failure.status : undefined;
	}
}

interface Explanation {
	message: string;
	advice: string;
}

function explain(failure: Failure, subject: Subject): Explanation {
	switch (failure.kind) {
		case 'status':
			return explainStatus(failure, subject);
		case 'body':
			return {
				message: `The answer for ${subject.about} is not JSON`,
				advice: failure.cut
					? 'It did not arrive whole. Try again.'
					: `Check that the Base URL of the credential (${subject.origin}) is Truto's API and not a web page or a proxy.`,
			};
		case 'network':
			return explainNetwork(failure.code, subject);
	}
}

function explainStatus(
	failure: Extract<Failure, { kind: 'status' }>,
	{ about, origin }: Subject,
): Explanation {
	const { status, remote } = failure;
	if (status >= 300 && status < 400) {
		return {
			message: `${origin} redirects instead of answering`,
			advice: `It points to ${failure.location ?? 'nowhere'}. The token was not sent there. Set the Base URL of the credential to the address of Truto's API.`,
		};
	}
	if (remote) {
		return {
			message: `The integrated app failed, not Truto (${status}): ${about}`,
			advice: 'Check the integrated account and the app behind it, then try again.',
		};
	}
	const known = STATUS_TEXTS[status];
	if (known) return known(about);
	if (status >= 500) {
		return {
			message: `Truto failed (${status}): ${about}`,
			advice: 'The fault is on the side of Truto. Try again later.',
		};
	}
	return {
		message: `Truto refused the request (${status}): ${about}`,
		advice: "Check the node's parameters.",
	};
}

const STATUS_TEXTS: Record<number, (about: string) => Explanation> = {
	401: () => ({
		message: 'Truto did not accept the API token (401)',
		advice:
			'The token is wrong, expired or deleted. Create a new one in Truto and put it into the credential.',
	}),
	403: (about) => ({
		message: `The API token may not do this (403): ${about}`,
		advice:
			'Use a token whose permissions cover it, or check which environment the token belongs to.',
	}),
	404: (about) => ({
		message: `Truto does not know this ${about} (404)`,
		advice:
			'Check the ID. A token sees its own environment only, so what is in another one is not found either.',
	}),
	429: (about) => ({
		message: `Truto's rate limit was hit (429): ${about}`,
		advice:
			'Other programs may be using the same token. Lower "Requests per 10 Seconds" or raise "Max Retries" under Options.',
	}),
	503: (about) => ({
		message: `The integrated account is blocked or Truto is unavailable (503): ${about}`,
		advice: 'Check the integrated account in Truto, then try again.',
	}),
};

function explainNetwork(code: string, { about, origin }: Subject): Explanation {
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
		return {
			message: `The host of ${origin} was not found`,
			advice: `Check the Base URL of the credential and the network's name resolution (${code}).`,
		};
	}
	if (code === 'ECONNABORTED' || code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT') {
		return {
			message: `Truto did not answer in time: ${about}`,
			advice: 'Try again, or raise the timeout under Options.',
		};
	}
	if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_VERIFY/.test(code)) {
		return {
			message: `The certificate of ${origin} is not trusted`,
			advice: `Check the Base URL of the credential (${code}). For a host of your own, give its CA to n8n by NODE_EXTRA_CA_CERTS.`,
		};
	}
	if (PASSING_BREAK.has(code)) {
		return {
			message: `The connection to ${origin} broke: ${about}`,
			advice: `Try again (${code}).`,
		};
	}
	return {
		message: `Truto can't be reached at ${origin}`,
		advice: `Check the Base URL of the credential and the network between n8n and Truto (${code}).`,
	};
}

const PASSING_BREAK = new Set(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'ERR_NETWORK']);

function quote(failure: Failure): string {
	const said = failure.kind === 'body' ? failure.found : failure.said;
	if (said === '') return '';
	if (failure.kind === 'body') return `The body begins: ${said}`;
	return failure.kind === 'status' ? `Truto said: ${said}` : '';
}

function history(tries: number, elapsedMs: number): string {
	if (tries <= 1) return '';
	return `Sent ${tries} times over ${Math.max(1, Math.round(elapsedMs / 1000))} s.`;
}
