import type { IHttpRequestOptions } from 'n8n-workflow';

import { openAccess } from '../../../lib/transport/access';
import type { HttpAnswer } from '../../../lib/transport/answer';
import { TrutoClient, type ClientSettings } from '../../../lib/transport/client';

/** What a test answers to a request: a body, a whole answer, or an error if no answer comes. */
type Answer = { body: unknown; status?: number; headers?: Record<string, unknown> } | Error;

let clients = 0;

/** A client of its own limiter, whose requests a function answers. */
export function clientWith(
	answer: (request: IHttpRequestOptions) => Answer,
	{
		token = 'tok_0815_very_secret',
		...settings
	}: Partial<ClientSettings> & { token?: string } = {},
): TrutoClient {
	clients++;
	const access = openAccess({ apiToken: token, baseUrl: `https://${clients}.example` });
	const http = async (request: IHttpRequestOptions): Promise<HttpAnswer> => {
		const given = await Promise.resolve(answer(request));
		if (given instanceof Error) throw given;
		const { body, status = 200, headers = {} } = given;
		return { body, statusCode: status, headers };
	};
	return new TrutoClient(http, access, {
		lane: 'test',
		maxRetries: 0,
		requestsPerTenSeconds: 500,
		hasOptions: true,
		...settings,
	});
}
