import { describe, expect, it } from '@jest/globals';
import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { accountList, searchAccountsOfJob } from '../../../lib/editor/lists';
import type { JsonRecord } from '../../../lib/json';
import { readAccount } from '../../../lib/truto/account';

const HUBSPOT = { name: 'hubspot' };

/** n8n's editor, in which a sync job is chosen, with a Truto that answers as a function says. */
function editorWith(answer: (path: string, query: JsonRecord) => JsonRecord, job?: string) {
	const asked: string[] = [];
	const n8n = {
		getCredentials: async () =>
			await Promise.resolve({ apiToken: 'tok_0815', baseUrl: 'https://accounts.example' }),
		getCurrentNodeParameter: () => ({ __rl: true, mode: 'id', value: job ?? '' }),
		getNode: () => ({ name: 'Truto', type: 'truto' }),
		helpers: {
			httpRequestWithAuthentication: async (_: string, { url, qs = {} }: IHttpRequestOptions) => {
				const { pathname } = new URL(url);
				asked.push(pathname);
				const body = answer(pathname, qs as JsonRecord);
				return await Promise.resolve({
					body,
					statusCode: 'error' in body ? 400 : 200,
					headers: {},
				});
			},
		},
	} as unknown as ILoadOptionsFunctions;
	const search = async (filter?: string, token?: string) =>
		await searchAccountsOfJob.call(n8n, filter, token);
	return { asked, search };
}

describe('the accounts of an integration', () => {
	it.each([
		['hubspot', { integration: HUBSPOT }, true],
		['hubspot', { integration: { name: 'jira' } }, false],
		// Truto may have left the name out, but it has filtered by it.
		['hubspot', {}, true],
		[undefined, { integration: HUBSPOT }, true],
	])('of %s: %j', (integration, account, isOne) => {
		expect(accountList(integration).matches?.(readAccount(account))).toBe(isOne);
	});
});

describe("the list of accounts of a sync job's integration", () => {
	const job = { id: 'j', integration_name: 'hubspot' };

	it('stays with the integration on a page without a match', async () => {
		const { asked, search } = editorWith(
			(path) => (path === '/sync-job/j' ? job : { result: [] }),
			'j',
		);

		expect(await search('acme', 'p4')).toEqual({ results: [], paginationToken: undefined });
		expect(asked).toEqual(['/sync-job/j', '/integrated-account']);
	});

	it('does not go on in the list of all accounts after an error', async () => {
		const { asked, search } = editorWith(
			(path) => (path === '/sync-job/j' ? job : { error: 'Bad Request' }),
			'j',
		);

		await expect(search('', 'p2')).rejects.toThrow('(400)');
		expect(asked).toEqual(['/sync-job/j', '/integrated-account']);
	});

	it('asks for no sync job if none is chosen', async () => {
		const { asked, search } = editorWith(() => ({
			result: [{ id: 'a', tenant_id: 'acme', integration: HUBSPOT }],
			next_cursor: 'p2',
		}));

		expect(await search()).toEqual({
			results: [{ name: 'acme · hubspot', value: 'a' }],
			paginationToken: 'all:p2',
		});
		expect(asked).toEqual(['/integrated-account']);
	});
});
