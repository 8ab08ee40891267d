import { describe, expect, test } from '@jest/globals';

import { each, searchPages, searchResult, type SearchList } from '../../../lib/editor/search';
import type { JsonRecord } from '../../../lib/json';
import { INTEGRATED_ACCOUNT } from '../../../lib/truto/kinds';
import { clientWith } from '../helpers/client.mts';

describe('A search', () => {
	/** Four pages, of which each has one entry: a, b, c and d. */
	const search = async (list: Partial<SearchList<JsonRecord>>, filter?: string, start?: string) => {
		const queries: unknown[] = [];
		const client = clientWith(({ qs = {} }) => {
			queries.push(qs);
			const page = Number(qs.next_cursor ?? 0);
			const next = page < 3 ? String(page + 1) : null;
			const id = 'abcd'.charAt(page);
			return { body: { result: [{ id, label: `Sync ${id} done` }], next_cursor: next } };
		});
		const all: SearchList<JsonRecord> = {
			kind: INTEGRATED_ACCOUNT,
			query: {},
			read: (entry) => entry,
			namer: () => each(({ label }) => String(label)),
			...list,
		};
		const { results, cursor } = await searchPages(client, all, filter, start);
		return { found: results.map(({ value }) => value).join(''), cursor, queries };
	};

	test('without words ends with the first page that has an entry', async () => {
		expect(await search({})).toMatchObject({ found: 'a', cursor: '1' });
		const onlyC = { matches: ({ id }: JsonRecord) => id === 'c' };
		expect(await search(onlyC)).toMatchObject({ found: 'c', cursor: '3' });
	});

	test('for words reads the pages that it may, and goes on from there', async () => {
		expect(await search({ mostPages: 3 }, 'done SYNC')).toMatchObject({
			found: 'abc',
			cursor: '3',
		});
		expect(await search({}, 'done b_sync ')).toMatchObject({ found: 'b', cursor: undefined });
		const rest = await search({}, 'sync', '3');
		expect(rest).toMatchObject({ found: 'd', cursor: undefined });
		expect(rest.queries).toHaveLength(1);
	});

	test('for words ends with ten that match, or after twenty pages', async () => {
		const pagesRead = async (filter: string) => {
			let pages = 0;
			const client = clientWith(() => {
				const result = Array.from({ length: 4 }, (_, index) => ({ id: `${pages} ${index}` }));
				return { body: { result, next_cursor: String(++pages) } };
			});
			const list = { kind: INTEGRATED_ACCOUNT, query: {}, read: () => 'acme' };
			const namer = () => each((name: string) => name);
			const { results } = await searchPages(client, { ...list, namer }, filter);
			return [pages, results.length];
		};
		expect(await pagesRead('acme')).toEqual([3, 12]);
		expect(await pagesRead('globex')).toEqual([20, 0]);
	});

	test('shows what it has found if a later page cannot be read', async () => {
		const client = clientWith(({ qs = {} }) =>
			qs.next_cursor === 'p2'
				? { status: 500, body: {} }
				: { body: { result: [{ id: 'acme' }], next_cursor: 'p2' } },
		);
		const list = { kind: INTEGRATED_ACCOUNT, query: {}, read: () => '' };
		const search = async (filter: string) =>
			await searchPages(client, { ...list, namer: () => each(() => '') }, filter);

		expect(await search('acme')).toEqual({
			results: [{ name: 'acme', value: 'acme' }],
			cursor: 'p2',
		});
		await expect(search('globex')).rejects.toThrow('(500)');
	});

	test('asks for what has a value', async () => {
		const { queries } = await search({ query: { status: 'active', label: undefined } });
		expect(queries).toEqual([{ limit: 100, status: 'active' }]);
	});
});

describe('A drop-down without an entry', () => {
	test.each<[string | undefined, string | undefined, string]>([
		['', undefined, 'There are no integrated accounts in the environment of this API token'],
		[undefined, 'c3', 'No integrated accounts were found: enter the ID instead'],
		['acme', undefined, 'No integrated accounts match "acme"'],
		[' acme ', 'c3', 'No integrated accounts that match "acme" were found: enter the ID instead'],
	])('searched for %p, with the next page %p, says %s', (filter, cursor, name) => {
		expect(searchResult(INTEGRATED_ACCOUNT, { results: [], cursor }, filter, true)).toEqual({
			results: [{ name, value: '' }],
		});
	});

	test('says nothing while people scroll', () => {
		expect(searchResult(INTEGRATED_ACCOUNT, { results: [] }, 'acme', false).results).toEqual([]);
	});
});
