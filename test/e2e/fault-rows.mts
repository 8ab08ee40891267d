import type { ErrorRow } from '../engine/error-rows.mts';
import { PASSING } from '../engine/passing-rows.mts';
import { REFUSALS } from '../engine/refusal-rows.mts';
import { FAULTS, tooManyRequests, type FaultSpec } from '../simulator/index.mts';

/** Where the three runs of a row are asked for. */
export type Host = 'simulator' | 'unknown' | 'selfSigned';

/** Of three sync job runs the middle one meets a fault: what the node is told, and what comes of it. */
export interface FaultRow {
	name: string;
	/** For the middle run only. A redirect needs to know the address of another host. */
	fault?: FaultSpec | ((elsewhere: string) => FaultSpec);
	/** How often the fault happens. */
	times: number;
	host: Host;
	onError: 'continueRegularOutput' | 'continueErrorOutput';
	/** The node's parameter Options. */
	options: Record<string, unknown>;
	requestOptions: Record<string, unknown>;
	/** How many resources the middle run has, for its size. */
	resources: number;
	/** Which of the input items come out; the others come out as errors. */
	out: number[];
	/** What the errors say, see `textsOf`. */
	message: string;
	advice: string;
	/** How many requests are sent for each of the three runs. */
	requests: [number, number, number];
}

const ROW: Omit<FaultRow, 'name'> = {
	times: Infinity,
	host: 'simulator',
	onError: 'continueRegularOutput',
	options: {},
	requestOptions: {},
	resources: 3,
	out: [0, 1, 2],
	message: '',
	advice: '',
	requests: [1, 1, 1],
};

/** Long enough for the good runs of a row on a busy machine, as it holds for them too. */
const SHORT_TIMEOUT_MS = 6_000;
const LONG_TIMEOUT_MS = 30_000;

/** A row of the engine's table: the middle item errors, its neighbours come out. */
function fails(onError: FaultRow['onError']) {
	return ([name, row]: [string, ErrorRow]): FaultRow => {
		const { fault, maxRetries = 0, timeout, message, advice, requests } = row;
		return {
			...ROW,
			...{ name, fault, onError, message, advice },
			options: { maxRetries },
			requestOptions: { timeout: timeout === undefined ? LONG_TIMEOUT_MS : SHORT_TIMEOUT_MS },
			out: [0, 2],
			requests: [1, requests, 1],
		};
	};
}

/** With the node's own defaults: one more request, and nothing is missing. */
function recovers(fault: FaultSpec, name: string): FaultRow {
	return { ...ROW, name: `${name}, once`, fault, times: 1, requests: [1, 2, 1] };
}

/** Odd, but an answer: it is taken at once. */
function isTaken(fault: FaultSpec, name: string): FaultRow {
	const requestOptions = { timeout: LONG_TIMEOUT_MS };
	return { ...ROW, name, fault, options: { maxRetries: 0 }, requestOptions };
}

const {
	'a body that stalls': stalls,
	'a body that trickles': trickles,
	...failures
} = { ...REFUSALS, ...PASSING };

const FAILING: FaultRow[] = [
	...Object.entries(failures).map(fails('continueRegularOutput')),
	// Twenty pieces: each comes later than the timeout, or each within it.
	...Object.entries({
		'a body that stalls': { ...stalls, fault: { kind: 'slowBody', ms: 200_000 } } as ErrorRow,
		'a body that trickles': { ...trickles, fault: { kind: 'slowBody', ms: 40_000 } } as ErrorRow,
	}).map(fails('continueRegularOutput')),
];

/** The same by way of the error output: one of each kind of failure. */
const TO_ERROR_OUTPUT: FaultRow[] = Object.entries({
	'404 to the error output': REFUSALS['404'],
	'500 of the third party to the error output': REFUSALS['500 of the third party'],
	'504 to the error output': PASSING['504'],
	'truncated JSON to the error output': PASSING['truncated JSON'],
	'a reset in the body to the error output': PASSING['a reset in the body'],
}).map(([name, row]) => fails('continueErrorOutput')([name, row as ErrorRow]));

const RECOVERING: FaultRow[] = [
	recovers(tooManyRequests(1), '429 with Retry-After'),
	recovers(FAULTS.tooManyRequestsNoRetryAfter, '429 without Retry-After'),
	recovers(FAULTS.serverError, '500'),
	recovers(FAULTS.badGatewayHtml, '502 with HTML'),
	recovers(FAULTS.gatewayTimeout, '504'),
	recovers(FAULTS.truncated, 'truncated JSON'),
	recovers(FAULTS.emptyBody, 'an empty body'),
	recovers(FAULTS.resetBeforeAnswer, 'a reset before the answer'),
	recovers(FAULTS.resetInBody, 'a reset in the body'),
	{
		...recovers(FAULTS.hang, 'no answer'),
		requestOptions: { timeout: SHORT_TIMEOUT_MS },
	},
];

const TAKEN: FaultRow[] = [
	isTaken(FAULTS.htmlContentType, 'JSON sent as HTML'),
	isTaken(FAULTS.gzip, 'gzip'),
	isTaken({ kind: 'delayHeaders', ms: 1_500 }, 'slow headers within the timeout'),
	isTaken({ kind: 'slowBody', ms: 1_500 }, 'a slow body within the timeout'),
];

const HOSTS: FaultRow[] = [
	{
		...ROW,
		name: 'a redirect to another host',
		fault: (elsewhere) => ({ kind: 'redirect', location: elsewhere }),
		out: [0, 2],
		message: 'http://127\\.0\\.0\\.1:\\d+ redirects instead of answering',
		advice: 'The token was not sent there.',
	},
	{
		...ROW,
		name: 'an unknown host (DNS)',
		host: 'unknown',
		options: { maxRetries: 0 },
		out: [],
		message: 'The host of http://truto\\.invalid was not found',
		advice: "Check the Base URL of the credential and the network's name resolution",
		requests: [0, 0, 0],
	},
	{
		...ROW,
		name: 'a self-signed certificate',
		host: 'selfSigned',
		out: [],
		message: 'The certificate of https://127\\.0\\.0\\.1:\\d+ is not trusted',
		advice: 'SELF_SIGNED',
		requests: [0, 0, 0],
	},
	{
		...ROW,
		name: 'a self-signed certificate that is allowed',
		host: 'selfSigned',
		requestOptions: { allowUnauthorizedCerts: true },
	},
];

const LARGE: FaultRow = { ...ROW, name: 'a run of 10 MB', resources: 180_000 };

/** The table. Those that wait longest come first, as they are run a few at a time. */
export const FAULT_ROWS: FaultRow[] = [
	...RECOVERING,
	...FAILING.toReversed(),
	...TO_ERROR_OUTPUT,
	...TAKEN,
	...HOSTS,
	LARGE,
];
