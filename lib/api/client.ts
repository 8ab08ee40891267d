import {
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { isJsonRecord, type Json, type JsonRecord } from '../json';
import { readAnswer, type Failure, type HttpAnswer, type Outcome } from './answer';
import { normalizeBaseUrl } from './baseUrl';
import type { Permit, RateLimiter } from '../limiter/rateLimiter';
import { limiterFor } from '../limiter/registry';
import { askedPauseMs, isRateLimited, retryDelayMs } from './retryPolicy';
import { TrutoError } from './trutoError';

/** One request to Truto. */
export interface TrutoRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	/** Begins with a slash; ids in it are encoded. */
	path: string;
	query?: IDataObject;
	body?: IDataObject;
	/** What it is about, for error texts, such as `sync job run 3f0c8a52-…`. */
	about: string;
}

export interface ClientSettings {
	/** The execution: its requests queue up together in the rate limiter. */
	lane: string;
	maxRetries: number;
	requestsPerTenSeconds: number;
	signal?: AbortSignal;
	/** What n8n's engine has prepared: timeout, proxy, TLS settings. */
	engineOptions?: Partial<IHttpRequestOptions>;
}

export const CREDENTIAL = 'trutoApi';

/** The only way to Truto: within the rate limit, with retries, and with errors people understand. */
export class TrutoClient {
	constructor(
		private readonly context: IAllExecuteFunctions,
		private readonly access: Access,
		private readonly settings: ClientSettings,
	) {}

	/** Scheme, host and port of the base URL, for error texts. */
	get origin(): string {
		return new URL(this.access.baseUrl).origin;
	}

	get signal(): AbortSignal | undefined {
		return this.settings.signal;
	}

	/** Like {@link send}, for answers that must be a JSON object. */
	async sendForRecord(request: TrutoRequest): Promise<JsonRecord> {
		const body = await this.send(request);
		if (isJsonRecord(body)) return body;
		const failure: Failure = {
			kind: 'body',
			found: JSON.stringify(body).slice(0, 100),
			cut: false,
		};
		throw new TrutoError(failure, { about: request.about, origin: this.origin }, 1, 0);
	}

	/**
	 * Sends a request, again where that is safe and can help.
	 *
	 * @returns the parsed answer; null where Truto sent no body
	 * @throws {TrutoError} when the last try failed; the signal's reason when it aborts
	 */
	async send(request: TrutoRequest): Promise<Json> {
		const { lane, maxRetries, requestsPerTenSeconds: limit, signal } = this.settings;
		const startedAt = Date.now();
		for (let tries = 1; ; tries++) {
			const applicant = { lane, limit, isRetry: tries > 1, signal };
			const permit = await this.access.limiter.acquire(applicant);
			const outcome = await this.sendOnce(request, permit);
			if (outcome.ok) return outcome.body;
			signal?.throwIfAborted();
			const { failure } = outcome;
			const attempt = { method: request.method, failure, tries, maxRetries };
			const delayMs = retryDelayMs(attempt, Math.random());
			if (delayMs === undefined) {
				const subject = { about: request.about, origin: this.origin };
				throw new TrutoError(failure, subject, tries, Date.now() - startedAt);
			}
			await sleep(delayMs, signal);
		}
	}

	private async sendOnce(request: TrutoRequest, permit: Permit): Promise<Outcome> {
		const { method, path, query, body } = request;
		try {
			const options: IHttpRequestOptions = {
				...this.settings.engineOptions,
				method,
				url: `${this.access.baseUrl}${path}`,
				baseURL: undefined,
				headers: { Accept: 'application/json' },
				qs: query,
				body,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				// A redirect would take the token along to wherever it points.
				disableFollowRedirect: true,
			};
			const answer = (await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				CREDENTIAL,
				options,
			)) as HttpAnswer;
			const outcome = readAnswer(answer, Date.now());
			if (!outcome.ok && isRateLimited(outcome.failure)) {
				permit.limited(askedPauseMs(outcome.failure));
			}
			return outcome.ok ? outcome : { ok: false, failure: this.access.redact(outcome.failure) };
		} catch (error) {
			return { ok: false, failure: networkFailure(error) };
		} finally {
			permit.release();
		}
	}
}

/** The decrypted credential, turned into what a client uses of it. */
export interface Access {
	baseUrl: string;
	limiter: RateLimiter;
	/** Takes the token out of a failure: an answer may repeat it. */
	redact(failure: Failure): Failure;
}

/** @throws {ExplainedError} where the credential's Base URL is no address */
export function accessOf(credentials: ICredentialDataDecryptedObject): Access {
	const baseUrl = normalizeBaseUrl(credentials.baseUrl);
	const token = String(credentials.apiToken);
	return {
		baseUrl,
		limiter: limiterFor(baseUrl, token),
		redact: (failure) =>
			token === ''
				? failure
				: (JSON.parse(JSON.stringify(failure).replaceAll(token, '***')) as Failure),
	};
}

/**
 * n8n wraps the HTTP library's error once or twice; the network's error code is on the inner one. Before
 * n8n 2.34 the inner ones are lost, and `httpCode` is what is left of the code.
 */
function networkFailure(error: unknown): Failure {
	for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
		const { code, httpCode } = inner as Error & { code?: unknown; httpCode?: unknown };
		const names = [code, httpCode].filter((value) => typeof value === 'string');
		const known = names.find((value) => /^[A-Z]/.test(value));
		if (known !== undefined) return { kind: 'network', code: known, said: inner.message };
	}
	const said = error instanceof Error ? error.message : String(error);
	return { kind: 'network', code: 'no error code', said };
}
