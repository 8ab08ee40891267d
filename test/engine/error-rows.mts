import { FAULTS, tooManyRequests, type Fault, type FaultSpec } from '../simulator/index.mts';

const ID = '<id>';
const RUN = `sync job run ${ID}`;
const ORIGIN = 'http://127\\.0\\.0\\.1:\\d+';
const TRUTO_FAULT = 'Truto had an error. Try again later.';
const SAID = 'Truto said: A simulated fault.';

/** A body that is no JSON, and an answer that is no run. */
const answer = (body: string, contentType: string): Fault => ({
	kind: 'status',
	status: 200,
	body,
	contentType,
});

const JSON_TYPE = 'application/json';

/** A fault, and what comes of it. */
export interface ErrorRow {
	fault: FaultSpec;
	/** How many times the request may be repeated; 0 unless given. */
	maxRetries?: number;
	/** Of n8n's request options, in milliseconds. */
	timeout?: number;
	/** Expression for the whole message but for its item; `<id>` is the run's. */
	message: string;
	/** Part of the description; `<id>` is the run's. */
	advice: string;
	/** How many requests reach the simulator. */
	requests: number;
}

/** What a row says of a run and its input item: the whole message, and a part of the description. */
export function textsOf(
	{ message, advice }: Pick<ErrorRow, 'message' | 'advice'>,
	id: string,
	item: number,
): { message: RegExp; advice: string } {
	return {
		message: new RegExp(`^${message.replace(ID, id)} \\[item ${item}\\]$`),
		advice: advice.replace(ID, id),
	};
}

/** Answers that another try would not change: there is none, whatever Max Retries says. */
export const REFUSALS: Record<string, ErrorRow> = {
	'401': {
		fault: FAULTS.unauthorized,
		maxRetries: 5,
		message: 'Truto did not accept the API token \\(401\\)',
		advice: 'Create a new one in Truto',
		requests: 1,
	},
	'403': {
		fault: FAULTS.forbidden,
		maxRetries: 5,
		message: `The API token isn't allowed to do this \\(403\\): ${RUN}`,
		advice: 'which environment the token belongs to',
		requests: 1,
	},
	'404': {
		fault: FAULTS.notFound,
		maxRetries: 5,
		message: `${RUN.replace('s', 'S')} was not found in Truto \\(404\\)`,
		advice: 'Check the ID.',
		requests: 1,
	},
	'409': {
		fault: FAULTS.conflict,
		maxRetries: 5,
		message: `Truto refused the request because of a conflict \\(409\\): ${RUN}`,
		advice: `It conflicts with the current state in Truto. Check there what has changed. ${SAID}`,
		requests: 1,
	},
	'422': {
		fault: FAULTS.unprocessable,
		maxRetries: 5,
		message: `Truto refused the request \\(422\\): ${RUN}`,
		advice: SAID,
		requests: 1,
	},
	'500 of the third party': {
		fault: FAULTS.remoteServerError,
		maxRetries: 5,
		message: `The integrated app failed, not Truto \\(500\\): ${RUN}`,
		advice: 'Truto said: {"code":"INTERNAL","detail":"Salesforce is having a moment"}',
		requests: 1,
	},
	'503, a blocked account': {
		fault: FAULTS.accountBlocked,
		maxRetries: 5,
		message: `The integrated account is blocked \\(503\\): ${RUN}`,
		advice: "Truto refused the request. If this keeps happening, contact Truto's support.",
		requests: 1,
	},
	'HTML with status 200': {
		fault: answer('<html><title>Welcome</title><body>Sign in, please</body></html>', 'text/html'),
		maxRetries: 5,
		message: `The answer for ${RUN} is not JSON`,
		advice:
			"is Truto's API and not a web page or a proxy. The body begins: Welcome Sign in, please",
		requests: 1,
	},
	'a JSON array instead of a run': {
		fault: answer('[1,2]', JSON_TYPE),
		maxRetries: 5,
		message: `The answer for ${RUN} is not a JSON object`,
		advice: 'The body begins: [1,2]',
		requests: 1,
	},
	'400 with several messages': {
		fault: { kind: 'status', status: 400, body: { message: ['id is odd', 'id is long'] } },
		maxRetries: 5,
		message: `Truto refused the request \\(400\\): ${RUN}`,
		advice: 'Truto said: id is odd; id is long',
		requests: 1,
	},
	'400 that names fields': {
		fault: {
			kind: 'status',
			status: 400,
			body: { message: 'Invalid', details: { failures: [{ field: 'id', message: 'is odd' }] } },
		},
		maxRetries: 5,
		message: `Truto refused the request \\(400\\): ${RUN}`,
		advice: 'Truto said: Invalid; id: is odd',
		requests: 1,
	},
	'407, of a proxy': {
		fault: { kind: 'status', status: 407, body: '' },
		maxRetries: 5,
		message: `A proxy between n8n and Truto asks for a login \\(407\\): ${RUN}`,
		advice: "Check n8n's proxy settings.",
		requests: 1,
	},
	'408': {
		fault: { kind: 'status', status: 408, body: '' },
		maxRetries: 5,
		message: `Truto did not answer in time \\(408\\): ${RUN}`,
		advice: 'Try again later.',
		requests: 1,
	},
	'400 without a body': {
		fault: { kind: 'status', status: 400, body: '' },
		maxRetries: 5,
		message: `Truto refused the request \\(400\\): ${RUN}`,
		advice: "Check the node's parameters.",
		requests: 1,
	},
};

/** Failures that may be over by the next try. */
export const PASSING: Record<string, ErrorRow> = {
	'429': {
		fault: tooManyRequests(1),
		message: `Truto's rate limit was hit \\(429\\): ${RUN}`,
		advice: "Lower 'Requests per 10 Seconds' or raise 'Max Retries' under 'Options'.",
		requests: 1,
	},
	'429 without Retry-After': {
		fault: FAULTS.tooManyRequestsNoRetryAfter,
		message: `Truto's rate limit was hit \\(429\\): ${RUN}`,
		advice: 'Truto said: Rate limit exceeded',
		requests: 1,
	},
	'429, tried again': {
		fault: tooManyRequests(0),
		maxRetries: 1,
		message: `Truto's rate limit was hit \\(429\\): ${RUN}`,
		advice: 'Sent 7 times over ',
		requests: 7,
	},
	'429 that asks for an hour': {
		fault: tooManyRequests(3600),
		maxRetries: 5,
		message: `Truto's rate limit was hit \\(429\\): ${RUN}`,
		advice: 'Other programs may be using the same token.',
		requests: 1,
	},
	'500': {
		fault: FAULTS.serverError,
		maxRetries: 1,
		message: `Truto failed \\(500\\): ${RUN}`,
		advice: `${TRUTO_FAULT} ${SAID} Sent 2 times`,
		requests: 2,
	},
	'502 with HTML': {
		fault: FAULTS.badGatewayHtml,
		maxRetries: 1,
		message: `Truto failed \\(502\\): ${RUN}`,
		advice: `${TRUTO_FAULT} Truto said: 502 Bad Gateway 502 Bad Gateway. Sent 2 times`,
		requests: 2,
	},
	'504': {
		fault: FAULTS.gatewayTimeout,
		maxRetries: 1,
		message: `Truto failed \\(504\\): ${RUN}`,
		advice: `${TRUTO_FAULT} ${SAID}`,
		requests: 2,
	},
	'an empty body': {
		fault: FAULTS.emptyBody,
		maxRetries: 1,
		message: `The answer for ${RUN} is not JSON`,
		advice: 'It arrived incomplete. Try again.',
		requests: 2,
	},
	'truncated JSON': {
		fault: FAULTS.truncated,
		maxRetries: 1,
		message: `The answer for ${RUN} is not JSON`,
		advice: `It arrived incomplete. Try again. The body begins: {"id":"${ID}"`,
		requests: 2,
	},
	'a reset before the answer': {
		fault: FAULTS.resetBeforeAnswer,
		maxRetries: 1,
		message: `The connection to ${ORIGIN} broke: ${RUN}`,
		advice:
			'Try again (ECONNRESET: The connection to the server was closed unexpectedly, perhaps it is offline. You can retry the request immediately or wait and retry later.). Sent 2 times',
		requests: 2,
	},
	'a reset in the body': {
		fault: FAULTS.resetInBody,
		maxRetries: 1,
		message: `The connection to ${ORIGIN} broke: ${RUN}`,
		advice: 'Sent 2 times',
		requests: 2,
	},
	'no answer': {
		fault: FAULTS.hang,
		maxRetries: 1,
		timeout: 1_500,
		message: `Truto did not answer in time: ${RUN}`,
		advice: "raise the timeout in the node's 'Settings' under 'Request Options'.",
		requests: 2,
	},
	'slow headers': {
		fault: { kind: 'delayHeaders', ms: 30_000 },
		timeout: 1_500,
		message: `Truto did not answer in time: ${RUN}`,
		advice: "raise the timeout in the node's 'Settings' under 'Request Options'.",
		requests: 1,
	},
	'a body that stalls': {
		// In twenty pieces, so that one comes every 1.5 s.
		fault: { kind: 'slowBody', ms: 30_000 },
		timeout: 1_500,
		message: `Truto did not answer in time: ${RUN}`,
		advice: "raise the timeout in the node's 'Settings' under 'Request Options'.",
		requests: 1,
	},
	'a body that trickles': {
		// A piece every 0.2 s, each well within the timeout.
		fault: { kind: 'slowBody', ms: 4_000 },
		timeout: 1_500,
		message: `Truto did not answer in time: ${RUN}`,
		advice: "raise the timeout in the node's 'Settings' under 'Request Options'.",
		requests: 1,
	},
};
