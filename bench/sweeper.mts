import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

import axios from 'axios';

import type { ClientSettings, Http, TrutoRequest } from '../lib/transport/client.ts';

// A process that gets runs with the package's own client, without n8n: started by measures/processes.mts.
// It prints what it took once all are there.
const { values } = parseArgs({
	options: {
		/** The bundled client. */
		client: { type: 'string', default: '' },
		url: { type: 'string', default: '' },
		token: { type: 'string', default: '' },
		/** A JSON file with the ids of the runs to get. */
		ids: { type: 'string', default: '' },
	},
});

interface Bundle {
	TrutoClient: new (
		http: Http,
		access: unknown,
		settings: ClientSettings,
	) => { send(request: TrutoRequest): Promise<unknown> };
	openAccess(credential: { apiToken: string; baseUrl: string }): unknown;
}

const { TrutoClient, openAccess } = createRequire(import.meta.url)(values.client) as Bundle;

// By axios, as n8n sends requests: an idle connection that the other side has closed is an error with its codes.
const http: Http = async ({ url, method }) => {
	const headers = { Authorization: `Bearer ${values.token}` };
	const answer = await axios.request<unknown>({
		url,
		method,
		headers,
		validateStatus: () => true,
	});
	const received = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
	const { status: statusCode, data: body } = answer;
	return { statusCode, headers: Object.fromEntries(received) as Record<string, string>, body };
};

const ids = JSON.parse(readFileSync(values.ids, 'utf8')) as string[];
// As the node does with its default settings.
const client = new TrutoClient(http, openAccess({ apiToken: values.token, baseUrl: values.url }), {
	lane: 'sweep',
	maxRetries: 5,
	requestsPerTenSeconds: 500,
	hasOptions: true,
});
const startedAt = performance.now();
const outcomes = await Promise.allSettled(
	ids.map(
		async (id) =>
			await client.send({
				method: 'GET',
				path: `/sync-job-run/${id}`,
				about: `sync job run ${id}`,
			}),
	),
);
const seconds = (performance.now() - startedAt) / 1000;
const failed = outcomes.filter(({ status }) => status === 'rejected').length;
console.log(JSON.stringify({ seconds, failed }));
