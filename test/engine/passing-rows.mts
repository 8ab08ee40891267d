import { FAULTS, tooManyRequests } from '../simulator/index.mts';
import { ID, RUN, SAID, type ErrorRow } from './error-rows.mts';

const ORIGIN = 'http://127\\.0\\.0\\.1:\\d+';
const TRUTO_FAULT = 'Truto had an error. Try again later.';

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
		message: "Truto's rate limit was hit \\(429\\)",
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
		message: `The response for ${RUN} is not JSON`,
		advice: 'It arrived incomplete. Try again.',
		requests: 2,
	},
	'truncated JSON': {
		fault: FAULTS.truncated,
		maxRetries: 1,
		message: `The response for ${RUN} is not JSON`,
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
