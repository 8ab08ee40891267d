import { inspect } from 'node:util';

import { describe, expect, it, test } from '@jest/globals';
import { AxiosError, AxiosHeaders } from 'axios';
import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import { ExplainedError } from '../../../lib/explainedError';
import type { Failure } from '../../../lib/transport/failure';
import { toNodeError } from '../../../lib/n8n/nodeError';
import { TrutoError } from '../../../lib/transport/trutoError';

const TOKEN = 'tok_very_secret_0815';

const NODE: INode = {
	id: 'a1',
	name: 'Truto',
	type: 'n8n-nodes-truto.truto',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function trutoError(failure: Failure): TrutoError {
	const subject = {
		method: 'GET',
		about: 'sync job run 3f0c',
		path: '/sync-job-run/3f0c',
		origin: 'https://api.truto.one',
		hasOptions: true,
	};
	const sent = { tries: 1, elapsedMs: 0, mayHaveArrived: false };
	return new TrutoError(failure, subject, sent, (text) => text);
}

function status(code: number): TrutoError {
	return trutoError({ kind: 'status', status: code, said: 'No entry', remote: false });
}

/** An error as the HTTP library throws it: the whole request, with the token in its headers. */
function axiosError(): AxiosError {
	const config = {
		url: 'https://api.truto.one/sync-job-run/x',
		headers: new AxiosHeaders({ Authorization: `Bearer ${TOKEN}` }),
	};
	const request = { _header: `GET / HTTP/1.1\r\nAuthorization: Bearer ${TOKEN}\r\n` };
	return new AxiosError('socket hang up', 'ECONNRESET', config, request);
}

/** All that a log, an execution's data or the editor could show of an error. */
function everythingIn(error: Error): string {
	return [
		JSON.stringify(error),
		inspect(error, { showHidden: true, depth: 20 }),
		error.stack,
		error.toString(),
	].join('\n');
}

describe('the error that n8n shows', () => {
	test('has all in its message for an AI agent, which gets no description', () => {
		const tool = { ...NODE, type: `${NODE.type}Tool` };
		const error = new ExplainedError('There is no answer', 'It may have been done.');

		const { message, description } = toNodeError(error, tool, 0, 'This run was created: r.');

		expect(message).toBe(
			'There is no answer [item 0]. It may have been done. This run was created: r.',
		);
		expect(description).toBe('It may have been done. This run was created: r.');
		expect(toNodeError(new Error('odd'), tool, 0).message).toBe('odd [item 0]');
	});

	test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH'])(
		'keeps a text with a code that n8n has a text of its own for: %s',
		(code) => {
			const said = `connect ${code} 10.0.0.5:443`;
			const failed = new ExplainedError(`Sync job run r failed: ${said}`, 'Start it again.');
			expect(toNodeError(failed, NODE, 0).message).toBe(`Sync job run r failed: ${said} [item 0]`);

			const tool = { ...NODE, type: `${NODE.type}Tool` };
			const activated = new ExplainedError('Schedule s was created', `Activate it (${said}).`);
			expect(toNodeError(activated, tool, 0).message).toBe(
				`Schedule s was created [item 0]. Activate it (${said}).`,
			);
			const unreachable = trutoError({ kind: 'network', code, said });
			expect(toNodeError(unreachable, tool, 0, 'This run was created: r.').message).toBe(
				`${unreachable.message} [item 0]. ${unreachable.description} This run was created: r.`,
			);
		},
	);

	test.each([400, 401, 403, 404, 422, 429, 500, 502, 503, 504, 302])(
		'keeps the text for an answer of the API: %d',
		(code) => {
			const cause = status(code);
			const error = toNodeError(cause, NODE, 3);
			expect(error).toBeInstanceOf(NodeApiError);
			expect(error.message).toBe(`${cause.message} [item 3]`);
			expect(error.description).toBe(cause.description);
			expect(error.context.itemIndex).toBe(3);
			expect(error.node).toBe(NODE);
			expect(error instanceof NodeApiError && error.httpCode).toBe(String(code));
		},
	);

	test.each([
		'ENOTFOUND',
		'EAI_AGAIN',
		'ECONNREFUSED',
		'ECONNRESET',
		'ETIMEDOUT',
		'ECONNABORTED',
		'EHOSTUNREACH',
		'CERT_HAS_EXPIRED',
	])('keeps the text if there was no answer: %s', (code) => {
		const cause = trutoError({ kind: 'network', code, said: '' });
		const error = toNodeError(cause, NODE, 0);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe(`${cause.message} [item 0]`);
		expect(error.description).toBe(cause.description);
		expect(error instanceof NodeApiError && error.httpCode).toBeNull();
	});

	it('keeps the text for a body that is no JSON', () => {
		const cause = trutoError({ kind: 'body', found: 'Sign in', cut: false });
		const error = toNodeError(cause, NODE, 0);
		expect(error.message).toBe(`${cause.message} [item 0]`);
		expect(error.description).toContain('Sign in');
	});

	it('is one of the user’s input if no answer of the API is at fault', () => {
		const error = toNodeError(new ExplainedError('No run selected', 'Choose one.'), NODE, 7);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).not.toBeInstanceOf(NodeApiError);
		expect(error.message).toBe('No run selected [item 7]');
		expect(error.description).toBe('Choose one.');
		expect(error.context.itemIndex).toBe(7);
	});

	test.each([
		[new TypeError('x is not a function'), 'x is not a function'],
		['a text', 'a text'],
		[undefined, 'undefined'],
		[null, 'null'],
	])('tells of a fault that nobody thought of: %p', (thrown, text) => {
		const error = toNodeError(thrown, NODE, 1);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(`${text} [item 1]`);
		expect(error.context.itemIndex).toBe(1);
	});

	it('names the item once if n8n has named it already', () => {
		const ofN8n = new Error("Invalid input for 'Limit' [item 14]");
		expect(toNodeError(ofN8n, NODE, 14).message).toBe("Invalid input for 'Limit' [item 14]");
	});

	it('keeps what n8n advises, with a note behind it', () => {
		const ofN8n = Object.assign(new Error('No such node'), { description: 'Check its name.' });
		expect(toNodeError(ofN8n, NODE, 0, 'A run was started.').description).toBe(
			'Check its name. A run was started.',
		);
	});

	it('has no description if what n8n has there is no text', () => {
		const ofN8n = Object.assign(new Error('No such node'), { description: { text: 'x' } });
		expect(toNodeError(ofN8n, NODE, 0).description).toBeUndefined();
	});

	it('names no item if there is none', () => {
		const error = toNodeError(status(404), NODE);
		expect(error.message).toBe(status(404).message);
		expect(error.context).not.toHaveProperty('itemIndex');
	});

	it('is passed through if it is one of n8n already', () => {
		const api = new NodeApiError(NODE, { message: 'x' });
		const operation = new NodeOperationError(NODE, 'x');
		expect(toNodeError(api, NODE, 1)).toBe(api);
		expect(toNodeError(operation, NODE, 1)).toBe(operation);
	});
});

describe('the token', () => {
	it('is in the error of the HTTP library, so these tests can fail', () => {
		expect(everythingIn(axiosError())).toContain(TOKEN);
	});

	it('is not in the error that n8n shows, whatever it came from', () => {
		const explained = new ExplainedError('Broken', 'Mend it.');
		explained.cause = axiosError();
		const answered = status(500);
		answered.cause = axiosError();
		const wrapped = new Error('Request failed', { cause: axiosError() });
		for (const thrown of [axiosError(), explained, answered, wrapped]) {
			expect(everythingIn(toNodeError(thrown, NODE, 0))).not.toContain(TOKEN);
		}
	});
});
