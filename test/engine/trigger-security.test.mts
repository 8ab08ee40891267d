import { describe, expect, it } from '@jest/globals';

import { signatureFor } from '../simulator/index.mts';
import type { TriggerServer } from './trigger-server.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { activate } = useTrigger();

const COMPLETED = 'sync_job_run:completed';
const HEADER = 'x-truto-signature';

const bodyOf = (changes: Record<string, unknown> = {}) =>
	JSON.stringify({
		id: 'event-1',
		event: COMPLETED,
		payload: { id: 'r1' },
		created_at: new Date().toISOString(),
		...changes,
	});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Nothing happened: no execution, not even a failed one, and nothing remembered. */
function expectUntouched({ executions, errors, trigger }: TriggerServer): void {
	expect(executions).toEqual([]);
	expect(errors).toEqual([]);
	expect(trigger.memory.seen ?? []).toEqual([]);
}

describe('an event that is not signed by Truto', () => {
	it('gets 401 and starts nothing: forged', async () => {
		const { server, deliver } = await activate();
		expect(answersTo(await deliver(COMPLETED, {}, { forge: true }))).toEqual([401]);
		expectUntouched(server);
	});

	it.each([
		['empty', ''],
		['malformed', 'nonsense'],
		['of another format', `format=sha1,v=${'0'.repeat(40)}`],
		['too short', `format=sha256,v=${'0'.repeat(63)}`],
		['wrong', `format=sha256,v=${'0'.repeat(64)}`],
		['not there', undefined],
	])('gets 401 and starts nothing: its signature is %s', async (_, signature) => {
		const { server } = await activate();
		const headers: Record<string, string> = { 'content-type': 'application/json' };
		if (signature !== undefined) headers[HEADER] = signature;

		const response = await fetch(server.trigger.url, { method: 'POST', headers, body: bodyOf() });

		expect(response.status).toBe(401);
		expect(await response.json()).toEqual({ message: 'The signature is missing or wrong' });
		expectUntouched(server);
	});

	it('gets 401 where the signature comes twice', async () => {
		const { server } = await activate();
		const signature = signatureFor(bodyOf({ id: 'x' }), server.trigger.memory.secret ?? '');
		const headers: [string, string][] = [
			[HEADER, signature],
			[HEADER, signature],
		];
		const body = bodyOf({ id: 'x' });
		const response = await fetch(server.trigger.url, { method: 'POST', headers, body });
		expect(response.status).toBe(401);
		expectUntouched(server);
	});

	it('gets 401 where its body was changed on the way', async () => {
		const { server } = await activate();
		const secret = server.trigger.memory.secret ?? '';
		const body = bodyOf();
		const signature = signatureFor(body, secret);
		expect((await server.post(`${body} `, { [HEADER]: signature })).status).toBe(401);
		expectUntouched(server);
		expect((await server.post(body, { [HEADER]: signature })).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	});

	it('gets 401 before it is read: also where it is no JSON', async () => {
		const { server } = await activate();
		expect((await server.post('{', { [HEADER]: 'wrong' })).status).toBe(401);
		expectUntouched(server);
	});

	it.each([undefined, ''])('gets 401 where the secret is lost (%j)', async (secret) => {
		const { server } = await activate();
		server.trigger.memory = { ...server.trigger.memory, secret };
		const signature = signatureFor(bodyOf(), '');
		expect((await server.post(bodyOf(), { [HEADER]: signature })).status).toBe(401);
		expectUntouched(server);
	});

	it('gets 401 where it is signed with the secret of another trigger', async () => {
		const { server } = await activate();
		const other = await activate();
		const signature = signatureFor(bodyOf(), other.server.trigger.memory.secret ?? '');
		expect((await server.post(bodyOf(), { [HEADER]: signature })).status).toBe(401);
		expectUntouched(server);
	});

	it('does not learn the secret or the token from the answer', async () => {
		const { server } = await activate();
		const { text } = await server.post(bodyOf(), { [HEADER]: 'wrong' });
		expect(text).toBe('{"message":"The signature is missing or wrong"}');
	});
});

describe('an event that is signed, but old', () => {
	it.each([
		['six minutes, where five are set', {}, 6, 401],
		['four minutes, where five are set', {}, 4, 200],
		['eleven minutes, where ten are set', { toleranceMinutes: 10 }, 11, 401],
		['nine minutes, where ten are set', { toleranceMinutes: 10 }, 9, 200],
		['years, where any age is fine', { toleranceMinutes: 0 }, 1_000_000, 200],
		['in the future', {}, -3, 200],
		['one minute, as the last retry may be', { toleranceMinutes: 0.1 }, 1, 200],
	])('by %s', async (_, options, minutes, status) => {
		const { server, deliver } = await activate({ options });

		const createdAt = minutesAgo(minutes);
		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }, { createdAt }))).toEqual([status]);

		if (status === 401) expectUntouched(server);
		else expect(server.executions).toHaveLength(1);
	});
});

describe('a body', () => {
	it('of more than 10 MB gets 413, signed or not', async () => {
		const { server } = await activate();
		const body = bodyOf({ payload: 'x'.repeat(10_000_000) });

		expect((await server.post(body)).status).toBe(413);
		expect((await server.post(body, { [HEADER]: 'wrong' })).status).toBe(413);
		expectUntouched(server);
	});

	it('of almost 10 MB is taken', async () => {
		const { server } = await activate();
		const body = bodyOf({ payload: { id: 'r1', text: 'x'.repeat(9_900_000) } });
		expect((await server.post(body)).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	});

	it.each(['', '{', 'text', 'null', '[]', '{}', '{"id":1,"event":"x"}', '{"id":"a"}'])(
		'that is signed, but no event, gets 400: %s',
		async (body) => {
			const { server } = await activate();
			const { status, text } = await server.post(body);
			expect([status, text]).toEqual([400, '{"message":"The body is not an event of Truto"}']);
			expectUntouched(server);
		},
	);

	it('may have characters of several bytes', async () => {
		const { server } = await activate();
		expect((await server.post(bodyOf({ payload: { id: 'Zoë 🦄 日本' } }))).status).toBe(200);
		expect(server.executions).toMatchObject([[{ run: { id: 'Zoë 🦄 日本' } }]]);
	});
});
