import { errorBody, remoteErrorBody } from './errors.mts';
import { seededRandom } from './random.mts';

/** Something that goes wrong with a request. Plain data, so that it can also be sent as JSON. */
export type Fault =
	/** An answer with this status: Truto's error body unless `body` is given ('' for none). */
	| {
			kind: 'status';
			status: number;
			body?: unknown;
			contentType?: string;
			headers?: Record<string, string>;
	  }
	/** The answer begins only after this time (real time, as all delays here: clients' timeouts are). */
	| { kind: 'delayHeaders'; ms: number }
	/** The body dribbles in over this time. */
	| { kind: 'slowBody'; ms: number }
	/** The connection is reset before anything is answered. */
	| { kind: 'resetBeforeAnswer' }
	/** The connection is reset after this many bytes of the body. */
	| { kind: 'resetInBody'; afterBytes: number }
	/** The JSON is cut off (in the middle unless told), with a Content-Length that fits the cut text. */
	| { kind: 'truncated'; keepBytes?: number }
	/** Valid JSON, sent as something else (`text/html` unless told). */
	| { kind: 'contentType'; contentType?: string }
	| { kind: 'redirect'; location: string; status?: number }
	| { kind: 'gzip' }
	/** No answer, ever. */
	| { kind: 'hang' };

/** One fault, or several that happen together: `[delayHeaders, status]`. */
export type FaultSpec = Fault | readonly Fault[];

const html = (title: string) =>
	`<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;

/** Faults to choose from. */
export const FAULTS = {
	unauthorized: { kind: 'status', status: 401 },
	forbidden: { kind: 'status', status: 403 },
	notFound: { kind: 'status', status: 404 },
	conflict: { kind: 'status', status: 409 },
	unprocessable: { kind: 'status', status: 422 },
	tooManyRequests: { kind: 'status', status: 429, headers: { 'retry-after': '10' } },
	tooManyRequestsNoRetryAfter: { kind: 'status', status: 429 },
	serverError: { kind: 'status', status: 500 },
	/** The third party failed: not to be retried. Its `message` is empty. */
	remoteServerError: {
		kind: 'status',
		status: 500,
		body: remoteErrorBody(500, { code: 'INTERNAL', detail: 'Salesforce is having a moment' }),
	},
	badGatewayHtml: {
		kind: 'status',
		status: 502,
		body: html('502 Bad Gateway'),
		contentType: 'text/html',
	},
	/** The integrated account is blocked: not to be retried. */
	accountBlocked: {
		kind: 'status',
		status: 503,
		body: errorBody(503, 'The integrated account is blocked'),
	},
	gatewayTimeout: { kind: 'status', status: 504 },
	emptyBody: { kind: 'status', status: 200, body: '' },
	resetBeforeAnswer: { kind: 'resetBeforeAnswer' },
	resetInBody: { kind: 'resetInBody', afterBytes: 40 },
	truncated: { kind: 'truncated' },
	htmlContentType: { kind: 'contentType' },
	gzip: { kind: 'gzip' },
	hang: { kind: 'hang' },
} as const satisfies Record<string, Fault>;

/** The 429 with another `Retry-After` (seconds, or a date). */
export function tooManyRequests(retryAfter: number | string): Fault {
	return { kind: 'status', status: 429, headers: { 'retry-after': String(retryAfter) } };
}

/**
 * Which requests: all those whose path is the text or continues it after a `/`, optionally for one method
 * (`/sync-job-run`, `POST /sync-job-run`); or those of which "METHOD /path" matches the expression.
 */
export type PathPattern = string | RegExp;

interface Rule {
	matches(method: string, path: string): boolean;
	faults: readonly Fault[];
	left: number;
}

/** The faults waiting to happen. `next` goes before `forPath`, and that before `random`. */
export class Faults {
	/** How many requests met a fault so far. */
	applied = 0;
	private nextRules: Rule[] = [];
	private pathRules: Rule[] = [];
	private randomRules: Rule[] = [];

	/** For the next `count` requests, whatever they ask. */
	next(count: number, fault: FaultSpec): void {
		this.nextRules.push({ matches: () => true, faults: [fault].flat(), left: count });
	}

	/** For the requests that the pattern matches, all of them or the next `times`. */
	forPath(pattern: PathPattern, fault: FaultSpec, times = Infinity): void {
		this.pathRules.push({ matches: pathTest(pattern), faults: [fault].flat(), left: times });
	}

	/** For a share of all requests (0 to 1); the same requests in every run with the same seed. */
	random(rate: number, fault: FaultSpec, seed = 1): void {
		const random = seededRandom(seed);
		this.randomRules.push({
			matches: () => random() < rate,
			faults: [fault].flat(),
			left: Infinity,
		});
	}

	clear(): void {
		this.nextRules = [];
		this.pathRules = [];
		this.randomRules = [];
		this.applied = 0;
	}

	/** The faults for a request, used up by asking. */
	take(method: string, path: string): readonly Fault[] | undefined {
		for (const rules of [this.nextRules, this.pathRules, this.randomRules]) {
			const rule = rules.find(({ left, matches }) => left > 0 && matches(method, path));
			if (!rule) continue;
			rule.left--;
			this.applied++;
			return rule.faults;
		}
		return undefined;
	}
}

function pathTest(pattern: PathPattern): Rule['matches'] {
	if (pattern instanceof RegExp) {
		return (method, path) => {
			// A global expression would go on from its last match.
			pattern.lastIndex = 0;
			return pattern.test(`${method} ${path}`);
		};
	}
	const [, wantedMethod, wantedPath = pattern] = /^([A-Z]+) (.*)$/.exec(pattern) ?? [];
	return (method, path) =>
		(wantedMethod === undefined || method === wantedMethod) &&
		(path === wantedPath || path.startsWith(`${wantedPath}/`));
}
