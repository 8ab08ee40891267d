import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { isJsonRecord, type Json, type JsonRecord } from '../json';
import { pause, unlessAborted } from '../pause';
import { quote } from '../text';
import { LONGEST_PAUSE_MS, PausedTooLong } from '../limiter/pausedTooLong';
import type { Permit } from '../limiter/rateLimiter';
import type { Access } from './access';
import { Deadline, timeoutSignal } from './deadline';
import { readAnswer, unlessDenied, type HttpAnswer, type Outcome } from './answer';
import { failureOf, isRateLimited, type Failure } from './failure';
import {
	countedPauseMs,
	isSafeToRepeat,
	mayHaveBeenDone,
	rateLimitPauseMs,
	retryDelayMs,
} from './retries';
import { TrutoError, type Sent } from './trutoError';

/** One request to Truto. */
export interface TrutoRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Begins with a slash; ids in it are encoded. */
	path: string;
	query?: IDataObject;
	/** What `JSON.stringify` turns into the body. */
	body?: object;
	/** Whether the status of the answer says enough, as it does for a DELETE. */
	needsNoBody?: boolean;
	/** What it is about, for error texts, such as `sync job run 3f0c8a52-…`. */
	about: string;
	/** It fails when this time is over, whatever it is waiting for. */
	withinMs?: number;
	/**
	 * Asked before it is sent again, if that could do more than was wanted: true if it took effect. Such a
	 * request goes ahead of others of its sender, because somebody has just checked that it is still wanted.
	 *
	 * @param mayHaveArrived false if Truto has turned all tries down
	 * @throws {ExplainedError} if it must not be sent again; an `UnsureError` if it may have taken effect
	 */
	isDone?: (mayHaveArrived: boolean) => Promise<boolean>;
}

/** Who sends requests, and how. */
export interface ClientSettings {
	/** The sender: requests with the same name share a queue in the rate limiter. */
	lane: string;
	maxRetries: number;
	/** What this lane may send in any 10 seconds; undefined for Truto's limit. */
	requestsPerTenSeconds?: number;
	/** Ends all waiting. */
	signal?: AbortSignal;
	/** What n8n asks of each request: proxy, TLS settings, and the `timeout` of each try. */
	httpOptions?: Partial<IHttpRequestOptions>;
	/** Called with an error after which no other request with the same token can succeed. */
	onHopeless?: (error: TrutoError) => void;
	/** Whether people can set retries, rate and timeout where the error will be shown. */
	hasOptions: boolean;
}

/** Sends a request with the credential's token. Rejects if no answer came. */
export type Http = (options: IHttpRequestOptions) => Promise<HttpAnswer>;

/** How long a try may take unless a timeout is set, in milliseconds. n8n's declarative engine has the same. */
export const DEFAULT_TIMEOUT_MS = 300_000;

const NOT_SENT: Sent = { tries: 0, elapsedMs: 0, mayHaveArrived: false };

const OUT_OF_TIME: Failure = { kind: 'network', code: 'ETIMEDOUT', said: '' };

/** The only way to Truto: within the rate limit, with retries, and with errors people understand. */
export class TrutoClient {
	constructor(
		private readonly http: Http,
		private readonly access: Access,
		private readonly settings: ClientSettings,
	) {}

	/** Scheme, host and port of the Base URL, for error texts. */
	get origin(): string {
		return new URL(this.access.baseUrl).origin;
	}

	get signal(): AbortSignal | undefined {
		return this.settings.signal;
	}

	/** The same for what people can do without: its failure doesn't end the work of other items. */
	forExtras(): TrutoClient {
		return new TrutoClient(this.http, this.access, { ...this.settings, onHopeless: undefined });
	}

	/** Rethrows an error with the token masked, because what Truto sent may contain it. */
	readonly throwMasked = (error: unknown): never => {
		if (!(error instanceof Error)) throw error;
		const { mask } = this.access;
		const description = error instanceof ExplainedError ? error.description : '';
		const [what, advice] = [mask(error.message), mask(description)];
		if (what === error.message && advice === description) throw error;
		throw new ExplainedError(what, advice);
	};

	/**
	 * Sends a request whose success is all that counts.
	 *
	 * @returns the answer if it is a JSON object, otherwise an empty one
	 */
	async sendForSuccess(request: TrutoRequest): Promise<JsonRecord> {
		const body = await this.send({ ...request, needsNoBody: true });
		return isJsonRecord(body) ? body : {};
	}

	/** Like {@link send}, for answers that must be a JSON object. */
	async sendForRecord(request: TrutoRequest): Promise<JsonRecord> {
		const body = await this.send(request);
		if (isJsonRecord(body)) return body;
		const failure: Failure = { kind: 'body', found: quote(body), cut: false, isJson: true };
		throw this.error(failure, request, { tries: 1, elapsedMs: 0, mayHaveArrived: true });
	}

	/**
	 * Sends a request, and repeats it if that is safe and can help.
	 *
	 * @returns the parsed answer; null if Truto sent no body
	 * @throws {TrutoError} when the last try failed; the signal's reason when it aborts
	 */
	async send(request: TrutoRequest): Promise<Json> {
		const { lane, maxRetries, requestsPerTenSeconds: limit, onHopeless } = this.settings;
		const deadline = new Deadline(request.withinMs, this.signal);
		const startedAt = Date.now();
		let failure: Failure = OUT_OF_TIME;
		let tries = 0;
		let faults = 0;
		let pausedMs = 0;
		let mayHaveArrived = false;
		while (!deadline.isOver()) {
			const goesFirst = tries > 0 || request.isDone !== undefined;
			const applicant = { lane, limit, goesFirst, signal: deadline.signal };
			const permit = await this.access.limiter.acquire(applicant).catch((error: unknown) => {
				if (error instanceof PausedTooLong) failure = pauseFailure(error);
				// An end of the wait must not hide what an earlier try may have done.
				else if (request.method === 'GET' || !mayHaveArrived) return deadline.orThrow(error);
				return undefined;
			});
			if (!permit) break;
			tries++;
			const outcome = await this.sendOnce(request, deadline, permit);
			if (outcome.ok) return outcome.body;
			failure = outcome.failure;
			const isUnsure: boolean = mayHaveArrived || mayHaveBeenDone(failure);
			// A reason to give up must not hide that the request may have been carried out.
			const mayHaveActed = request.method !== 'GET' && isUnsure;
			if (isSafeToRepeat(request.method) && !mayHaveActed) this.signal?.throwIfAborted();
			if (!isRateLimited(failure)) faults++;
			const attempt = { method: request.method, failure, faults, pausedMs, maxRetries };
			const delayMs = retryDelayMs(attempt, Math.random());
			if (delayMs === undefined) break;
			// What this try did may be behind the next one's answer.
			mayHaveArrived = isUnsure;
			if (isRateLimited(failure)) pausedMs += countedPauseMs(failure);
			const look = async () => {
				await pause(delayMs, deadline.signal).catch(deadline.orThrow);
				return (await request.isDone?.(isUnsure)) ?? false;
			};
			const isDone = await look().catch((error: unknown) => {
				if (mayHaveActed && !isOwnError(error)) return undefined;
				throw error;
			});
			if (isDone === undefined) break;
			if (isDone) return null;
		}
		const elapsedMs = Date.now() - startedAt;
		// Others fail with the error, too, and have sent nothing.
		if (isHopeless(failure)) onHopeless?.(this.error(failure, request, NOT_SENT));
		throw this.error(failure, request, { tries, elapsedMs, mayHaveArrived });
	}

	private async sendOnce(
		request: TrutoRequest,
		deadline: Deadline,
		permit: Permit,
	): Promise<Outcome> {
		const { method, path, query, body, withinMs, needsNoBody } = request;
		const { httpOptions } = this.settings;
		// The HTTP library restarts its timeout with each chunk of an answer, so it could wait for ever.
		const timeout = Math.min(httpOptions?.timeout ?? DEFAULT_TIMEOUT_MS, deadline.leftMs());
		const outer = withinMs === undefined ? httpOptions?.abortSignal : deadline.signal;
		const signal = timeoutSignal(timeout, outer as AbortSignal | undefined);
		try {
			const sending = this.http({
				...httpOptions,
				method,
				url: `${this.access.baseUrl}${path}`,
				baseURL: undefined,
				headers: {
					Accept: 'application/json',
					...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
				},
				qs: query,
				body: body === undefined ? undefined : JSON.stringify(body),
				timeout: Math.max(1, Math.ceil(timeout)),
				abortSignal: signal,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// A redirect would send the token to another address.
				disableFollowRedirect: true,
			});
			const answer = await unlessAborted(sending, signal);
			const read = readAnswer(answer, !needsNoBody, Date.now());
			const outcome = method === 'GET' ? read : unlessDenied(read, answer.statusCode);
			// The limit of the integrated app holds up nobody else.
			if (!outcome.ok && isRateLimited(outcome.failure) && !outcome.failure.remote) {
				permit.limited(rateLimitPauseMs(outcome.failure));
			}
			return outcome;
		} catch (error) {
			if (signal.aborted) return { ok: false, failure: OUT_OF_TIME };
			return { ok: false, failure: failureOf(error) };
		} finally {
			permit.release();
		}
	}

	private error(failure: Failure, request: TrutoRequest, sent: Sent): TrutoError {
		const { hasOptions } = this.settings;
		const subject = { ...request, origin: this.origin, hasOptions };
		return new TrutoError(failure, subject, sent, this.access.mask);
	}
}

/** What {@link TrutoRequest.isDone} has to say, not that it could not look. */
function isOwnError(error: unknown): boolean {
	return error instanceof ExplainedError && !(error instanceof TrutoError);
}

/** Nothing can succeed with this token, now or for a long time. */
function isHopeless(failure: Failure): boolean {
	if (failure.kind !== 'status' || failure.remote) return false;
	const isPaused = isRateLimited(failure) && rateLimitPauseMs(failure) > LONGEST_PAUSE_MS;
	return failure.status === 401 || isPaused;
}

/** What Truto answered when the pause began. */
function pauseFailure({ resumesAt }: PausedTooLong): Failure {
	const retryAfterMs = resumesAt - Date.now();
	return { kind: 'status', status: 429, said: '', remote: false, retryAfterMs };
}
