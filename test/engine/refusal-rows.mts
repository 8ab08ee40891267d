import { FAULTS, type Fault } from '../simulator/index.mts';
import { RUN, SAID, type ErrorRow } from './error-rows.mts';

/** A body that is no JSON, and an answer that is no run. */
const answer = (body: string, contentType: string): Fault => ({
	kind: 'status',
	status: 200,
	body,
	contentType,
});

const JSON_TYPE = 'application/json';

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
		advice: 'It may have been deleted. Otherwise check the ID',
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
		message: `The response for ${RUN} is not JSON`,
		advice:
			"is Truto's API and not a web page or a proxy. The body begins: Welcome Sign in, please",
		requests: 1,
	},
	'a JSON array instead of a run': {
		fault: answer('[1,2]', JSON_TYPE),
		maxRetries: 5,
		message: `The response for ${RUN} is not a JSON object`,
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
