import { describe, expect, it } from '@jest/globals';

import { storedHashes } from './n8n/processed-data.mts';
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
function expectUntouched({ executions, errors, ended, failed, trigger }: TriggerServer): void {
	expect([executions, errors, failed, ended]).toEqual([[], [], [], 0]);
	expect(storedHashes(trigger.databaseId)).toEqual([]);
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

	it('gets 401 if the signature comes twice', async () => {
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

	it('gets 401 if its body was changed on the way', async () => {
		const { server } = await activate();
		const secret = server.trigger.memory.secret ?? '';
		const body = bodyOf();
		const signature = signatureFor(body, secret);
		expect((await server.post(`${body} `, { [HEADER]: signature })).status).toBe(401);
		expectUntouched(server);
		expect((await server.post(body, { [HEADER]: signature })).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	});

	it('gets 401 before it is read: even if it is no JSON', async () => {
		const { server } = await activate();
		expect((await server.post('{', { [HEADER]: 'wrong' })).status).toBe(401);
		expectUntouched(server);
	});

	it.each([undefined, ''])('gets 401 if the secret is lost (%j)', async (secret) => {
		const { server } = await activate();
		server.trigger.memory = { ...server.trigger.memory, secret };
		const signature = signatureFor(bodyOf(), '');
		expect((await server.post(bodyOf(), { [HEADER]: signature })).status).toBe(401);
		expectUntouched(server);
	});

	it('gets 401 if it is signed with the secret of another trigger', async () => {
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

describe('the time of an event that is signed', () => {
	it.each([
		['six minutes old, where five are set', {}, 6, 401],
		['four minutes old, where five are set', {}, 4, 200],
		['eleven minutes old, where ten are set', { toleranceMinutes: 10 }, 11, 401],
		['nine minutes old, where ten are set', { toleranceMinutes: 10 }, 9, 200],
		['the same, from an expression', { toleranceMinutes: '10' }, 9, 200],
		['years old, where any time is fine', { toleranceMinutes: 0 }, 1_000_000, 200],
		['in the future', {}, -3, 200],
		['far in the future', {}, -6, 401],
		['far in the future, where any time is fine', { toleranceMinutes: 0 }, -1_000, 200],
		['one minute old, as the last retry may be', { toleranceMinutes: 0.1 }, 1, 200],
	])('may be %s', async (_, options, minutes, status) => {
		const { server, deliver } = await activate({ options });

		const createdAt = minutesAgo(minutes);
		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }, { createdAt }))).toEqual([status]);

		if (status === 401) expectUntouched(server);
		else expect(server.executions).toHaveLength(1);
	});

	it.each<[string, (now: number) => unknown, number]>([
		[
			'without a zone is UTC',
			(now) => new Date(now).toISOString().replace('T', ' ').slice(0, 19),
			200,
		],
		['may be in milliseconds', (now) => now, 200],
		['may be in seconds', (now) => now / 1000, 200],
		['counts in milliseconds, too', (now) => now - 600_000, 401],
		['counts in seconds, too', (now) => now / 1000 - 600, 401],
		['may be missing', () => undefined, 200],
		['may be unreadable', () => 'yesterday', 200],
		['may be out of range', () => 9e15, 200],
	])('%s', async (_, timeOf, status) => {
		const { server } = await activate();
		const created_at = timeOf(Date.now());
		expect((await server.post(bodyOf({ created_at }))).status).toBe(status);
		expect(server.executions).toHaveLength(status === 200 ? 1 : 0);
	});
});

describe('what is refused', () => {
	it('is in n8n’s log, one line for each kind and minute, with the age and what to do', async () => {
		const { server, deliver } = await activate();
		const lines: string[] = [];
		server.trigger.onWarning = (line) => lines.push(line);
		for (let n = 0; n < 3; n++) {
			await deliver(COMPLETED, {}, { createdAt: minutesAgo(6) });
			await deliver(COMPLETED, {}, { createdAt: minutesAgo(-7) });
			await server.post(bodyOf(), { [HEADER]: 'wrong' });
		}
		const name = "Truto: 'Truto Trigger' of workflow 'Test' (";
		expect(lines.map((line) => line.startsWith(name))).toEqual([true, true]);
		expect(lines[0]).toMatch(
			/refused an event \(401\): its time is 36\d seconds in the past\..*clock/,
		);
		expect(lines[1]).toContain('refused an event (401): its signature is missing or wrong');
	});
});

describe('a body', () => {
	it('of 15 MB is taken: n8n itself accepts 16', async () => {
		const { server } = await activate();
		const body = bodyOf({ payload: { id: 'r1', text: 'x'.repeat(15_000_000) } });
		expect((await server.post(body)).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	});

	it.each(['', '{', 'text', 'null', '[]', '{}', '{"id":"a"}', '{"event":""}', '{"event":5}'])(
		'that is signed, but no event, starts nothing and stops no sync: %s',
		async (body) => {
			const { server } = await activate();
			const lines: string[] = [];
			server.trigger.onWarning = (line) => lines.push(line);
			expect((await server.post(body)).status).toBe(200);
			expectUntouched(server);
			expect(lines).toEqual([expect.stringContaining('a signed body that is not an event')]);
		},
	);

	it.each([undefined, null, '', 5, 'x'.repeat(1_000_000)])(
		'may have any id, and starts once: %#',
		async (id) => {
			const { server } = await activate();
			const body = bodyOf({ id });
			for (let n = 0; n < 2; n++) expect((await server.post(body)).status).toBe(200);
			await server.post(bodyOf({ id, payload: { id: 'r2' }, ...(id ? { id: `${id}2` } : {}) }));
			expect(server.executions).toHaveLength(2);
		},
	);

	it('may begin with a byte order mark', async () => {
		const { server } = await activate();
		expect((await server.post(`\uFEFF${bodyOf()}`)).status).toBe(200);
		expect(server.executions).toHaveLength(1);
	});

	it('may have characters of several bytes', async () => {
		const { server } = await activate();
		expect((await server.post(bodyOf({ payload: { id: 'Zoë 🦄 日本' } }))).status).toBe(200);
		expect(server.executions).toMatchObject([[{ run: { id: 'Zoë 🦄 日本' } }]]);
	});
});
