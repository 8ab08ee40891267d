import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { openAccess } from '../../../lib/transport/access';
import { asSent, listEntries } from '../../../lib/api/lists';
import { fetchRun } from '../../../lib/api/syncJobRuns';
import { ExplainedError } from '../../../lib/explainedError';
import { clientWith } from '../helpers/client.mts';
import { partOf } from '../helpers/secrets.mts';

/** Tokens with the characters that JSON, HTML and URLs write in other ways. */
const token = fc
	.string({ unit: fc.constantFrom(...'abXY019_-."\\<>&%/é '), minLength: 12, maxLength: 60 })
	.filter((text) => text.trim().length >= 12 && !/^bearer/i.test(text.trim()));

/** Where a server may repeat what it was sent. */
const ECHOES: ((text: string) => unknown)[] = [
	(text) => text,
	(text) => [text],
	(text) => [{ deep: [text] }],
	(text) => ({ message: text }),
	(text) => ({ message: [text, text] }),
	(text) => ({ message: '', raw_response: { headers: { authorization: `Bearer ${text}` } } }),
	(text) => ({ error: text }),
	(text) => ({ message: 'x', details: { failures: [{ field: text, message: text }] } }),
	(text) => `<html><title>${text}</title>${JSON.stringify(text)}`,
	(text) => ({ result: text }),
];

const STATUSES = [200, 201, 302, 400, 401, 403, 404, 422, 429, 500, 503];

async function errorOf(work: Promise<unknown>): Promise<Error> {
	try {
		await work;
	} catch (error) {
		if (error instanceof Error) return error;
	}
	throw new Error('No error was thrown');
}

function everyTextOf(error: Error): string {
	return `${error.message} ${error instanceof ExplainedError ? error.description : ''}`;
}

describe('the token', () => {
	it('is in no text of an error, whatever the answer repeats, and wherever it is cut', async () => {
		const answer = fc.record({
			token,
			echo: fc.constantFrom(...ECHOES),
			status: fc.constantFrom(...STATUSES),
			before: fc.nat(310),
			spaces: fc.constantFrom('', ' ', '\n'),
		});
		await fc.assert(
			fc.asyncProperty(answer, async ({ token: secret, echo, status, before, spaces }) => {
				const sent = secret.trim();
				const body = echo(`${'x'.repeat(before)} ${sent} ${sent}`);
				const headers = { location: `https://x.test/?t=${sent}`, 'retry-after': '999' };
				const client = clientWith(() => ({ body, status, headers }), {
					token: `${spaces}${sent}${spaces}`,
				});
				const list = { path: '/sync-job-run', query: {}, about: 'the runs', read: asSent };
				const error = await errorOf(listEntries(client, list));
				expect(partOf(sent, everyTextOf(error))).toBeUndefined();
			}),
			{ numRuns: 500 },
		);
	});

	it('is in no text of an error if no answer came', async () => {
		await fc.assert(
			fc.asyncProperty(token, fc.boolean(), async (secret, hasCode) => {
				const sent = secret.trim();
				const thrown = Object.assign(new Error(`socket ${sent} closed`), {
					description: `It was ${sent}`,
					...(hasCode ? { code: 'ECONNRESET' } : {}),
				});
				const client = clientWith(() => thrown, { token: sent });
				const error = await errorOf(fetchRun(client, 'x'));
				expect(error.message).toMatch(/broke|socket/);
				expect(partOf(sent, everyTextOf(error))).toBeUndefined();
			}),
		);
	});

	it('is in no text about a Base URL that holds it', () => {
		fc.assert(
			fc.property(token, fc.constantFrom('', 'https://x y/', '?token='), (secret, before) => {
				const sent = secret.trim();
				const error = (() => {
					try {
						openAccess({ apiToken: sent, baseUrl: `${before}${sent} ` });
					} catch (thrown) {
						return thrown as Error;
					}
					return new Error('It was taken');
				})();
				expect(partOf(sent, everyTextOf(error))).toBeUndefined();
			}),
		);
	});

	it('is in no text of an error that operations make of what Truto sent', async () => {
		await fc.assert(
			fc.asyncProperty(token, async (secret) => {
				const sent = secret.trim();
				const client = clientWith(() => ({ body: {} }), { token: sent });
				for (const error of [
					new ExplainedError(`It is ${sent}`, `Look at ${sent}`),
					new ExplainedError('It broke', `Look at ${sent}`),
					new Error(`Odd: ${sent}`),
				]) {
					const masked = await errorOf(Promise.reject(error).catch(client.throwMasked));
					expect(partOf(sent, everyTextOf(masked))).toBeUndefined();
				}
				const harmless = new ExplainedError('It broke', 'Mend it.');
				expect(await errorOf(Promise.reject(harmless).catch(client.throwMasked))).toBe(harmless);
			}),
		);
	});
});
