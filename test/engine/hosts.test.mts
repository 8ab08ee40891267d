import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createCertificate, RUNS, startSimulator, WRONG_TOKEN } from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const get = async (test: Omit<TrutoTest, 'simulator' | 'parameters'>, maxRetries = 0) =>
	await runTruto({
		simulator: truto(),
		parameters: { syncJobRunId: byId(RUNS.completed), options: { maxRetries } },
		...test,
	});

const withBaseUrl = async (baseUrl: string, maxRetries?: number) =>
	await get({ credential: { baseUrl } }, maxRetries);

describe('a redirect', () => {
	const received: IncomingMessage[] = [];
	let elsewhere: Server;
	let url: string;
	beforeAll(async () => {
		elsewhere = createServer((request, response) => {
			received.push(request);
			response.setHeader('content-type', 'application/json').end('{"id":"stolen"}');
		});
		await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`;
	});
	afterAll(async () => {
		await new Promise((resolve) => elsewhere.close(resolve));
	});

	it.each([301, 302, 303, 307, 308])(
		'to another host is not followed (%i), so the token does not get there',
		async (status) => {
			truto().faults.next(9, { kind: 'redirect', location: `${url}/sync-job-run/x`, status });

			const { error, outputs } = await get({}, 5);

			expect(error?.message).toBe(`${truto().url} redirects instead of answering [item 0]`);
			expect(error?.description).toContain(`It points to ${url}/sync-job-run/x. The token was not`);
			expect(outputs).toEqual([]);
			expect(truto().requests).toHaveLength(1);
			expect(received).toEqual([]);
		},
	);

	it('this test would notice a redirect that is followed', async () => {
		truto().faults.next(1, { kind: 'redirect', location: url });
		await fetch(`${truto().url}/sync-job-run/x`);
		expect(received.splice(0)).toHaveLength(1);
	});
});

describe('the Base URL', () => {
	it.each(['/', '///', ' ', '/ '])('may end with "%s"', async (end) => {
		const { error, rows } = await withBaseUrl(`${truto().url}${end}`);

		expect(error).toBeUndefined();
		expect(rows).toHaveLength(1);
		expect(truto().requests.map(({ path }) => path)).toEqual([`/sync-job-run/${RUNS.completed}`]);
	});

	it.each([
		'',
		'   ',
		'api.truto.one',
		'ftp://api.truto.one',
		'https://',
		'http:// x',
		'file:///etc',
	])('"%s" is refused before any request', async (baseUrl) => {
		const { error } = await withBaseUrl(baseUrl);

		expect(error?.message).toMatch(
			/^The Base URL of the Truto credential is not a web address: .*\[item 0\]$/,
		);
		expect(error?.description).toContain('Set it to https://api.truto.one');
	});

	it('may be a path below a host', async () => {
		await withBaseUrl(`${truto().url}/proxy/truto/`);

		expect(truto().requests.map(({ path }) => path)).toEqual([
			`/proxy/truto/sync-job-run/${RUNS.completed}`,
		]);
	});
});

describe('a host that is not there', () => {
	it('has its own error text if its name is unknown', async () => {
		const { error } = await withBaseUrl('http://truto.invalid');

		expect(error?.message).toBe('The host of http://truto.invalid was not found [item 0]');
		expect(error?.description).toMatch(
			/^Check the Base URL of the credential .*(ENOTFOUND|EAI_AGAIN)/,
		);
	});

	it('has its own error text if nothing listens at the port', async () => {
		const { url, close } = await startSimulator({ seed: false });
		await close();

		const { error } = await withBaseUrl(url, 5);

		expect(error?.message).toBe(`Truto can't be reached at ${url} [item 0]`);
		expect(error?.description).toContain('(ECONNREFUSED: ');
	});

	it('has its own error text if its certificate is not trusted', async () => {
		const { url, close, requests } = await startSimulator({ https: await createCertificate() });

		const { error } = await withBaseUrl(url, 5);
		const allowed = await runTruto({
			simulator: { url },
			parameters: {
				syncJobRunId: byId(RUNS.completed),
				requestOptions: { allowUnauthorizedCerts: true },
			},
		});
		await close();

		expect(error?.message).toBe(`The certificate of ${url} is not trusted [item 0]`);
		expect(error?.description).toMatch(/SELF_SIGNED|UNABLE_TO_VERIFY/);
		expect(allowed.rows).toHaveLength(1);
		expect(requests).toHaveLength(1);
	});
});

describe('the token', () => {
	it('is sent as Bearer by what the credential class declares', async () => {
		const seen: (string | undefined)[] = [];
		const server = createServer((request, response) => {
			seen.push(request.headers.authorization);
			response.setHeader('content-type', 'application/json').end('{}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

		const { error } = await get({ credential: { baseUrl: url, apiToken: 'a-b.c_d~e+f/g=' } });
		server.close();

		expect(error).toBeUndefined();
		expect(seen).toEqual(['Bearer a-b.c_d~e+f/g=']);
	});

	it('that is wrong gives the error of a wrong token', async () => {
		const { error } = await get({ credential: { apiToken: WRONG_TOKEN } });

		expect(error?.message).toBe('Truto did not accept the API token (401) [item 0]');
		expect(truto().requests).toMatchObject([{ hasToken: true, status: 401 }]);
	});

	it('does not get into an error even if Truto repeats it', async () => {
		truto().faults.next(1, {
			kind: 'status',
			status: 401,
			body: { message: `The token ${WRONG_TOKEN} is expired` },
		});

		const { error } = await get({ credential: { apiToken: WRONG_TOKEN } });

		expect(error?.description).toMatch(/is expired/);
		expect(error?.description).not.toContain(WRONG_TOKEN);
	});
});
