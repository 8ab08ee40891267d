import type { Cause } from './diagnosis';

/** What an HTTP status says about the cause of an error. */
export interface StatusMeaning {
	/** Null if it leaves the cause open. */
	cause: Cause | null;
	/** What the rest of the text may narrow it down to: apps don't all use a status in the same way. */
	mayMean: readonly Cause[];
}

const ANY: readonly Cause[] = [
	'auth',
	'missing_scopes',
	'mapping',
	'rate_limit',
	'upstream',
	'delivery',
	'blocked',
];

/** A receiver may return any status: then, the text names the webhook or the datastore. */
const STATUSES: Readonly<Record<number, StatusMeaning>> = {
	401: { cause: 'auth', mayMean: ['missing_scopes', 'delivery'] },
	402: { cause: null, mayMean: ['delivery'] },
	403: { cause: 'missing_scopes', mayMean: ['rate_limit', 'auth', 'delivery', 'blocked'] },
	404: { cause: null, mayMean: ['delivery'] },
	405: { cause: null, mayMean: ['delivery'] },
	408: { cause: 'upstream', mayMean: ['delivery'] },
	410: { cause: null, mayMean: ['delivery'] },
	429: { cause: 'rate_limit', mayMean: ['delivery'] },
	// SOAP APIs return 500 for every error.
	500: { cause: 'upstream', mayMean: ['auth', 'missing_scopes', 'rate_limit', 'delivery'] },
	// Some apps return 503 if the rate limit is exceeded.
	503: { cause: 'upstream', mayMean: ['rate_limit', 'delivery', 'blocked'] },
};

/** @param status from 400 to 599 */
export function meaningOf(status: number): StatusMeaning {
	const known = STATUSES[status];
	if (known) return known;
	return status >= 500
		? { cause: 'upstream', mayMean: ['delivery'] }
		: { cause: null, mayMean: ANY };
}

/** Words that point to a cause, in lower case. Each stands for several ways to say the same. */
export type WordRule = readonly [Cause, RegExp];

/** These name the cause. They apply to an app's error code (as words) and to the text. */
export const SPECIFIC: readonly WordRule[] = [
	['blocked', /\bintegrated account\b.{0,40}\bblocked\b(?! by)/],
	['rate_limit', /\brate.?limit|\btoo many requests\b|\bthrottl|(?<!storage )\bquota\b/],
	[
		'rate_limit',
		/\b(?:requests?|calls?|api|daily|\w*concurren\w*|activity|usage)\b.{0,40}\b(?:limit|per \w+)\b.{0,40}\b(?:exceeded|reached)\b/,
	],
	[
		'rate_limit',
		/\b(?:exceeded|reached|over)\b.{0,30}(?:\w*concurren\w*|daily|\w*secondly\w*|\w*rolling|requests?|calls?)\b.{0,20}\b(?:limit|per \w+)\b/,
	],
	['rate_limit', /\bexceeded concurrent request limit\b|\brequest blocked\b/],
	[
		'auth',
		/\binvalid (?:grant|auth\w*|credentials?|session|login|api.?key|username|client|(?:\w+ )?token)\b|\bunauthori[sz]ed client\b|\b(?:interaction|login) required\b/,
	],
	[
		'auth',
		/\b(?:token|credentials?|session|login|password|api.?key|authori[sz]ation)\b[^.;]{0,40}\b(?:expired|revoked|invalid|malformed|missing(?! (?:\w+ )?(?:scope|permission)))\b/,
	],
	[
		'auth',
		/\b(?:expired|revoked|inactive)\b[^.;]{0,30}\b(?:token|credentials?|session|login|password|api.?key|auth\w*)\b/,
	],
	[
		'auth',
		/\bnot authed\b|\bunauthenticated\b(?! use)|\b(?:couldn't|could not|cannot) authenticate\b|\bmust be authenticated\b|\bnot authenticated\b|\bauth(?:entication)? (?:failed|error|required|credentials not found)\b|\bre-?auth|\baccount inactive\b|\blogin failed\b|\bunrecognized login\b/,
	],
	[
		'missing_scopes',
		/\b(?:insufficient|missing|lacks?|required|requires?)\b[^.;]{0,40}\b(?:scopes?|permissions?|privileges?)\b/,
	],
	[
		'missing_scopes',
		/\binsufficient (?:access|rights)\b|\bscopes?\b[^.;]{0,30}\b(?:not match|mismatch|insufficient)\b|\binvalid (?:\w+ )?scopes?\b|\bconsent required\b/,
	],
	[
		'missing_scopes',
		/\baccess (?:is |was )?denied\b|\bpermission (?:denied|violation)\b|\brequest denied\b/,
	],
	[
		'missing_scopes',
		/\b(?:not|n't) (?:\w+ )?have (?:\w+ )?(?:permissions?|privileges?|access|rights)\b|\b(?:not|n't) (?:allowed|permitted|authori[sz]ed|granted) (?:to|the app)\b/,
	],
	[
		'delivery',
		/\b(?:webhook|destination|datastore|target.?url|receiver)\b[^.;]{0,40}\b(?:not accept|refused|rejected|failed|timed out|answered|returned|unreachable)\b/,
	],
	[
		'delivery',
		/\b(?:webhook|destination|datastore|target.?url|receiver)\b[^.;]{0,40}\b(?:socket hang up|connection (?:was )?(?:reset|refused|aborted|closed)|econn\w+|etimedout)\b|\bconnection (?:\w+ )?(?:to|with|by) (?:\w+ )?(?:webhook|destination|datastore|target.?url|receiver)\b/,
	],
	[
		'delivery',
		/\b(?:deliver\w*|writ\w+|send\w*|sent|post\w*|upload\w*|insert\w*)\b[^.;]{0,40}\b(?:webhook|destination|datastore|target.?url)\b|\bfail\w* to deliver\b|\bdelivery failed\b/,
	],
	[
		'mapping',
		/\bjsonata\b|\bcannot read propert|\bundefined is not\b|\bis not a function\b|\bunexpected type\b/,
	],
	[
		'mapping',
		/\b(?:mapping|transform(?:ation)?)\b[^.;]{0,40}\b(?:error|failed|invalid)\b|\b(?:error|failed|evaluating)\b[^.;]{0,40}\b(?:mapping|transform(?:ation)?)\b/,
	],
	[
		'upstream',
		/\becon\w+|\be(?:notfound|ai again|timedout|pipe)\b|\bsocket hang up\b|\bconnection (?:was )?(?:reset|refused|aborted|closed)\b|\bnetwork error\b/,
	],
];

/** These only say what kind of error it is. They count if nothing more specific is known. */
export const GENERIC: readonly WordRule[] = [
	['auth', /\bunauthori[sz]ed\b|\bnot authori[sz]ed\b/],
	['missing_scopes', /\bforbidden\b/],
	[
		'upstream',
		/\b(?:internal|backend|fatal|unexpected|remote|server) (?:server )?error\b|\b(?:unknown|general) exception\b|\bbad gateway\b|\bgateway time|\btimed?.?out\b|\btime-?out\b|\b(?:service|server|currently|temporarily) (?:is )?(?:\w+ )?(?:unavailable|not available)\b|\bmaintenance\b|\bour end\b|\brunning for too long\b|\bhealthy upstream\b|\bupstream (?:\w+ ){0,3}(?:closed|connect|error|fail|request|server|service|time|unavailable|unreachable)/,
	],
	[
		'mapping',
		/\bvalidation\b|\binvalid (?:\w+ )?(?:fields?|arguments?|parameters?|values?|content|requests?|query|property)\b|\brecord invalid\b|\bnot valid\b|\bmalformed\b|\bschema\b|\bno such column\b/,
	],
];
