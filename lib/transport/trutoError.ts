import { TRUTO_ADDRESS } from '../address';
import { ExplainedError, UnsureError } from '../explainedError';
import { LONGEST_PAUSE_MS } from '../limiter/pausedTooLong';
import type { Failure, NetworkFailure, StatusFailure } from './failure';
import { sentenceCase } from '../text';
import { networkTrouble } from './networkErrors';
import { isOutage, mayHaveBeenDone } from './retries';

/** The request, for error texts. */
export interface Subject {
	method: string;
	/** For example `sync job run 3f0c8a52-…`. */
	about: string;
	path: string;
	/** Scheme, host and port of the Base URL. */
	origin: string;
	/** Whether people can set retries, rate and timeout where the error will be shown. */
	hasOptions: boolean;
}

/** How a request was sent until it failed for good. */
export interface Sent {
	tries: number;
	elapsedMs: number;
	/** Whether a try before the last one may have reached Truto. */
	mayHaveArrived: boolean;
}

/** A request that failed for good, after all retries. */
export class TrutoError extends ExplainedError {
	/** Truto may have acted on the request anyway. */
	readonly mayHaveBeenDone: boolean;

	/** @param mask masks the token in texts */
	constructor(
		readonly failure: Failure,
		subject: Subject,
		readonly sent: Sent,
		mask: (text: string) => string,
	) {
		const { message, advice } = explain(failure, subject);
		const { tries, elapsedMs } = sent;
		const changes = subject.method !== 'GET' && (mayHaveBeenDone(failure) || sent.mayHaveArrived);
		const parts = [
			changes ? 'Truto may have done it anyway: look in Truto before you do it again.' : advice,
			isSaidIn(message, failure) ? '' : quoteOf(failure),
			tries > 1 ? `Sent ${tries} times over ${Math.max(1, Math.round(elapsedMs / 1000))} s.` : '',
		];
		super(mask(message), mask(parts.filter(Boolean).map(asSentence).join(' ')));
		this.mayHaveBeenDone = changes;
		this.said = mask(quoteOf(failure));
	}

	/** The words of the answer, as a sentence; empty if there are none. Already masked. */
	readonly said: string;

	/** The HTTP status; undefined if there was no answer. */
	get status(): number | undefined {
		return this.failure.kind === 'status' ? this.failure.status : undefined;
	}
}

interface Explanation {
	message: string;
	advice: string;
}

/** Whether an error says what was found out: it is neither about a request that failed, nor a doubt. */
export function isFinding(error: unknown): boolean {
	if (error instanceof TrutoError || error instanceof UnsureError) return false;
	return error instanceof ExplainedError;
}

function explain(failure: Failure, subject: Subject): Explanation {
	switch (failure.kind) {
		case 'status':
			return explainStatus(failure, subject);
		case 'body':
			return {
				message: `The response for ${subject.about} is not ${failure.isJson ? 'a JSON object' : 'JSON'}`,
				advice: failure.cut
					? 'It arrived incomplete. Try again.'
					: `Check that the Base URL of the credential (${subject.origin}) is Truto's API and not a web page or a proxy.`,
			};
		case 'network':
			return explainNetwork(failure, subject);
		case 'n8n':
			return { message: failure.message, advice: failure.description };
	}
}

function explainStatus(failure: StatusFailure, subject: Subject): Explanation {
	const { about, origin } = subject;
	const { status, remote } = failure;
	if (status < 300) {
		return {
			message: `Truto reported that this did not work: ${about}`,
			advice: 'Look in Truto for the reason.',
		};
	}
	if (status < 400) {
		return {
			message: `${origin} redirects instead of answering`,
			advice: `It points to ${failure.location ?? 'nowhere'}. The token was not sent there. Set the Base URL of the credential to the address of Truto's API.`,
		};
	}
	if (remote && isOutage(failure) && status < 500) {
		return {
			message: `The integrated app is busy (${status}): ${about}`,
			advice: 'Try again later.',
		};
	}
	if (remote) {
		return {
			message: `The integrated app failed, not Truto (${status}): ${about}`,
			advice: 'Check the integrated account and the app behind it, then try again.',
		};
	}
	const known = STATUS_TEXTS[status];
	if (known) return known(subject, failure);
	if (status >= 500) {
		return {
			message: `Truto failed (${status}): ${about}`,
			advice: 'Truto had an error. Try again later.',
		};
	}
	return {
		message: `Truto refused the request (${status}): ${about}`,
		advice: "Check the node's parameters.",
	};
}

/**
 * What people read about each status. n8n runs the test of the credential without this code, so 401 and 403
 * have a text for it in `credentials/TrutoApi.credentials.ts`, too. *Check Health* goes on after a 403, with a
 * hint of its own in `checkHealth.ts`.
 */
const STATUS_TEXTS: Record<number, (subject: Subject, failure: StatusFailure) => Explanation> = {
	401: () => ({
		message: 'Truto did not accept the API token (401)',
		advice:
			'The token is wrong, expired or deleted. Create a new one in Truto and enter it in the credential.',
	}),
	403: ({ about }) => ({
		message: `The API token isn't allowed to do this (403): ${about}`,
		advice:
			'Use a token whose permissions cover it, or check which environment the token belongs to.',
	}),
	404: ({ about, path, origin }) =>
		isCollection(path)
			? {
					message: `There is nothing at this address (404): ${about}`,
					advice: `Check the Base URL of the credential (${origin}): it must be the address of Truto's API alone, such as ${TRUTO_ADDRESS}.`,
				}
			: {
					message: `${sentenceCase(about)} was not found in Truto (404)`,
					advice:
						'It may have been deleted. Otherwise check the ID, and which environment the token belongs to: it only sees that one.',
				},
	407: ({ about }) => ({
		message: `A proxy between n8n and Truto asks for a login (407): ${about}`,
		advice: "Check n8n's proxy settings.",
	}),
	408: ({ about }) => ({
		message: `Truto did not answer in time (408): ${about}`,
		advice: 'Try again later.',
	}),
	409: ({ about }) => ({
		message: `Truto refused the request because of a conflict (409): ${about}`,
		advice: 'It conflicts with the current state in Truto. Check there what has changed.',
	}),
	429: ({ about, hasOptions }, { retryAfterMs }) => ({
		// A long pause ends the work of all items, so it is about none of them.
		message: `Truto's rate limit was hit (429)${(retryAfterMs ?? 0) > LONGEST_PAUSE_MS ? '' : `: ${about}`}`,
		advice: `${until(retryAfterMs)}Other programs may be using the same token. ${hasOptions ? "Lower 'Requests per 10 Seconds' or raise 'Max Retries' under 'Options'." : 'Try again later.'}`,
	}),
	503: ({ about }, { isTrutos, said }) =>
		isTrutos && said !== ''
			? {
					message: `${said.replace(/\.$/, '')} (503): ${about}`,
					advice: "Truto refused the request. If this keeps happening, contact Truto's support.",
				}
			: {
					message: `The integrated account is blocked or Truto is unavailable (503): ${about}`,
					advice: "Try again later. If this keeps happening, contact Truto's support.",
				},
};

/** Such as `/sync-job`, which no ID belongs to. */
function isCollection(path: string): boolean {
	return path.lastIndexOf('/') === 0;
}

function until(retryAfterMs: number | undefined): string {
	if (retryAfterMs === undefined || retryAfterMs < 60_000) return '';
	return `Truto accepts no requests before ${new Date(Date.now() + retryAfterMs).toISOString()}. `;
}

function explainNetwork({ code, said }: NetworkFailure, subject: Subject): Explanation {
	const { about, origin, hasOptions } = subject;
	const what = [code, said].filter(Boolean).join(': ');
	switch (networkTrouble(code).what) {
		case 'unknownHost':
			return {
				message: `The host of ${origin} was not found`,
				advice: `Check the Base URL of the credential and the network's name resolution (${what}).`,
			};
		case 'timeout':
			return {
				message: `Truto did not answer in time: ${about}`,
				advice: hasOptions
					? "Try again, or raise the timeout in the node's 'Settings' under 'Request Options'."
					: 'Try again later.',
			};
		case 'certificate':
			return {
				message: `The certificate of ${origin} is not trusted`,
				advice: `Check the Base URL of the credential (${what}). For a host of your own, give its CA to n8n with NODE_EXTRA_CA_CERTS.`,
			};
		case 'broken':
			return {
				message: `The connection to ${origin} broke: ${about}`,
				advice: `Try again (${what}).`,
			};
		case 'unreachable':
			return {
				message: `Truto can't be reached at ${origin}`,
				advice: `Check the Base URL of the credential and the network between n8n and Truto (${what}).`,
			};
	}
}

function isSaidIn(message: string, failure: Failure): boolean {
	return (
		failure.kind === 'status' &&
		failure.said !== '' &&
		message.startsWith(failure.said.replace(/\.$/, ''))
	);
}

function quoteOf(failure: Failure): string {
	if (failure.kind === 'body' && failure.found !== '') return `The body begins: ${failure.found}`;
	const isSaid = failure.kind === 'status' && failure.said !== '';
	return isSaid ? asSentence(`Truto said: ${failure.said}`) : '';
}

/** What was quoted may end as it likes. */
function asSentence(text: string): string {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}
