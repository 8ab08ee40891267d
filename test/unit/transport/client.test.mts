import { describe, expect, it, jest } from '@jest/globals';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { ExplainedError } from '../../../lib/explainedError';
import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import type { TrutoRequest } from '../../../lib/transport/client';
import type { TrutoError } from '../../../lib/transport/trutoError';
import { clientWith } from '../helpers/client.mts';

const DELETE = { method: 'DELETE', path: '/schedule/s', about: 'schedule s' } as const;
const GET = { method: 'GET', path: '/schedule/t', about: 'schedule t' } as const;
const POST = { method: 'POST', path: '/refresh', about: 'account a' } as const;
const PAUSED = (seconds: number) => ({
	status: 429,
	body: {},
	headers: { 'retry-after': String(seconds) },
});
const ofTheApp = { truto_is_remote_error: true, message: 'no' };
const errorOf = async (request: Promise<unknown>) =>
	await request.then(
		() => new Error('It was done'),
		(error: unknown) => error as TrutoError,
	);
/** A DELETE may have got through; everything else has to pause. */
const lostThenPaused =
	(seconds: number) =>
	({ method }: IHttpRequestOptions) =>
		method === 'DELETE' ? { status: 502, body: {} } : PAUSED(seconds);

describe('a change that may have been made is never denied', () => {
	it('if all must pause before it is sent again', async () => {
		const client = clientWith(lostThenPaused(3_600), { maxRetries: 1 });
		const deleting = errorOf(client.send(DELETE));
		await errorOf(client.send(GET));

		const error = await deleting;

		expect(error).toMatchObject({ mayHaveBeenDone: true, sent: { tries: 1 } });
		expect(error.message).toBe("Truto's rate limit was hit (429)");
		expect(error).toHaveProperty(
			'description',
			expect.stringMatching(/^Truto may have done it anyway/),
		);
	});

	it('if other work ends while it waits to be sent again', async () => {
		const stop = new AbortController();
		const client = clientWith(lostThenPaused(5), { maxRetries: 1, signal: stop.signal });
		const deleting = errorOf(client.send(DELETE));
		const reading = errorOf(client.send(GET));
		await new Promise((resolve) => setTimeout(resolve, 800));
		const reason = new Error('of another item');
		stop.abort(reason);

		expect(await deleting).toMatchObject({ mayHaveBeenDone: true, sent: { tries: 1 } });
		expect(await reading).toBe(reason);
	});

	it('unless it is found out that it was not made', async () => {
		const client = clientWith(() => ({ status: 502, body: {} }), { maxRetries: 1 });
		const certain = new ExplainedError('It has ended', '');
		const request: TrutoRequest = { ...DELETE, isDone: async () => await Promise.reject(certain) };

		expect(await errorOf(client.send(request))).toBe(certain);
	});
});

it('goes ahead of its sender’s other requests if somebody has just looked whether it is wanted', async () => {
	const acquire = jest.spyOn(RateLimiter.prototype, 'acquire');
	const client = clientWith(() => ({ body: {} }));

	await client.send({ ...DELETE, isDone: async () => await Promise.resolve(false) });
	await client.send(DELETE);

	expect(acquire.mock.calls.map(([{ goesFirst }]) => goesFirst)).toEqual([true, false]);
	acquire.mockRestore();
});

describe('what ends the work of other items', () => {
	it('says nothing of the request of this one', async () => {
		const answers = [{ status: 502, body: {} }, PAUSED(3_600)];
		const onHopeless = jest.fn();
		const client = clientWith(() => answers.shift() ?? PAUSED(0), { maxRetries: 1, onHopeless });

		expect(await errorOf(client.send(DELETE))).toMatchObject({ mayHaveBeenDone: true });
		expect(onHopeless.mock.calls).toEqual([
			[
				expect.objectContaining({
					message: "Truto's rate limit was hit (429)",
					description: expect.not.stringMatching(/anyway|Sent/),
					mayHaveBeenDone: false,
				}),
			],
		]);
	});

	it.each([401, 429])('is no %i of the integrated app: it holds up nobody', async (status) => {
		const onHopeless = jest.fn();
		const client = clientWith(
			({ method }) =>
				method === 'POST' ? { ...PAUSED(3_600), status, body: ofTheApp } : { body: { id: 't' } },
			{ onHopeless },
		);

		expect((await errorOf(client.send(POST))).message).toContain('integrated app');
		expect(onHopeless).not.toHaveBeenCalled();
		expect(await client.send(GET)).toEqual({ id: 't' });
	});
});
