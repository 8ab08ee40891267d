/** A JSON object. */
export type Json = Record<string, unknown>;

/** What Truto answered to one request. */
export interface Answer {
	status: number;
	/** `{}` if the body is no JSON object. */
	body: Json;
}

/** A list as Truto answered it. */
export interface ListAnswer extends Answer {
	/** Undefined if the answer holds no list. */
	entries: Json[] | undefined;
	/** On a page that is not the last one. */
	cursor: string | undefined;
}

/** Far below Truto's limit of 500 in 10 s: the report runs beside other work. */
export const MOST_REQUESTS = 25;

/** Sends nothing but GET. */
export class Truto {
	/** How many requests were sent so far. */
	requests = 0;

	private readonly baseUrl: string;
	private readonly token: string;

	constructor(baseUrl: string, token: string) {
		this.baseUrl = baseUrl.trim().replace(/\/+$/, '');
		this.token = token.trim().replace(/^bearer\s+/i, '');
	}

	/** @throws if no answer came, the token is refused, or too many requests would be sent */
	async get(path: string, query: Record<string, string> = {}): Promise<Answer> {
		if (this.requests >= MOST_REQUESTS) {
			throw new Error(`The report would take more than ${String(MOST_REQUESTS)} requests`);
		}
		this.requests++;
		const search = new URLSearchParams(query).toString();
		const answer = await fetch(`${this.baseUrl}${path}${search === '' ? '' : `?${search}`}`, {
			headers: { Authorization: `Bearer ${this.token}`, Accept: 'application/json' },
			// It would take the token along.
			redirect: 'manual',
			signal: AbortSignal.timeout(30_000),
		}).catch((error: unknown) => {
			const { cause, message } = error as Error;
			const why = cause instanceof Error ? cause.message : message;
			throw new Error(`Truto can't be reached at ${this.baseUrl}: ${why}`);
		});
		if (answer.status === 401) {
			throw new Error(`Truto at ${this.baseUrl} does not accept the token (401)`);
		}
		const body: unknown = await answer.json().catch(() => undefined);
		return { status: answer.status, body: isObject(body) ? body : {} };
	}

	async list(path: string, query: Record<string, string>): Promise<ListAnswer> {
		const answer = await this.get(path, query);
		const list = answer.body.result ?? answer.body.results;
		const next = answer.body.next_cursor;
		const hasMore = typeof next === 'number' || (typeof next === 'string' && next !== '');
		return {
			...answer,
			entries: Array.isArray(list) ? list.filter(isObject) : undefined,
			cursor: hasMore ? String(next) : undefined,
		};
	}
}

export function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Milliseconds of one of Truto's times; without a zone it is UTC. NaN if it can't be read. */
export function instant(time: unknown): number {
	if (typeof time !== 'string') return Number.NaN;
	const isBare = /^\d{4}-\d\d-\d\d[ T][\d:.]+$/.test(time);
	return Date.parse(isBare ? `${time.replace(' ', 'T')}Z` : time);
}
