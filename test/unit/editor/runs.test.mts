import { describe, expect, it } from '@jest/globals';

import { searchRuns } from '../../../lib/editor/runs';
import type { JsonRecord } from '../../../lib/json';
import { clientWith } from '../helpers/client.mts';

type Query = Record<string, unknown>;

/** A Truto whose runs and accounts are what functions say. */
function trutoWith({
	runs,
	accounts = () => ({ result: [] }),
}: {
	runs: (query: Query) => JsonRecord;
	accounts?: (query: Query) => JsonRecord | Error;
}) {
	const asked: Query[] = [];
	const client = clientWith(({ url, qs = {} }) => {
		if (new URL(url).pathname === '/sync-job-run') {
			asked.push(qs);
			return { body: runs(qs) };
		}
		const body = accounts(qs);
		return body instanceof Error ? body : { body };
	});
	const search = async (filter?: string, start?: string) =>
		await searchRuns(client, 'UTC', filter, start);
	return { asked, search };
}

/** A run of which all names are known. */
const run = (id: string, status: string): JsonRecord => ({
	id,
	status,
	integrated_account: { tenant_id: 'acme' },
	sync_job: { label: 'Nightly' },
});

const LATEST = { sort: '-created_at', limit: 100 };

describe('a search for a status', () => {
	it('asks Truto for runs with this status, and for the latest with any, and shows each run once', async () => {
		// Truto may ignore the filter.
		const found = [
			run('f', 'failed'),
			{ ...run('c', 'completed'), integrated_account: { tenant_id: 'Failed Ltd' } },
		];
		const { asked, search } = trutoWith({ runs: () => ({ result: found }) });

		expect(await search('failed')).toEqual({
			results: [
				{ name: 'acme · Nightly · failed', value: 'f' },
				{ name: 'Failed Ltd · Nightly · completed', value: 'c' },
			],
		});
		expect(asked).toEqual([{ ...LATEST, status: 'failed' }, LATEST]);
	});

	it('goes on only in the lists that have not ended', async () => {
		const { asked, search } = trutoWith({
			runs: ({ status, next_cursor }) => ({
				result: [run('f', status === undefined ? 'completed' : 'failed')],
				next_cursor: status === undefined && next_cursor !== 'p5' ? `p${asked.length}` : null,
			}),
		});

		const first = await search('failed acme');
		expect(first.cursor).toBe('[null,"p4"]');

		asked.length = 0;
		const second = await search('failed acme', '[null,"p5"]');
		expect(asked).toEqual([{ ...LATEST, next_cursor: 'p5' }]);
		expect(second).toEqual({ results: [], cursor: undefined });
	});

	it('needs all words of the status', async () => {
		const { asked, search } = trutoWith({ runs: () => ({ result: [] }) });

		await search('limited');
		expect(asked).toEqual([LATEST]);

		asked.length = 0;
		await search('limited acme rate');
		expect(asked).toEqual([{ ...LATEST, status: 'rate_limited' }, LATEST]);
	});
});

describe('a search that finds none of the latest runs', () => {
	const accounts = (count: number): JsonRecord[] =>
		Array.from({ length: count }, (_, index) => ({ id: `a${index}`, tenant_id: 'Quiet Ltd' }));
	/** Only the runs of one account match. */
	const runs = ({ integrated_account_id: account }: Query): JsonRecord =>
		account === undefined
			? { result: [], next_cursor: String(Math.random()) }
			: {
					result: [
						{ ...run(String(account), 'failed'), integrated_account: { tenant_id: 'Quiet Ltd' } },
					],
				};
	const valuesOf = async (answer: ReturnType<ReturnType<typeof trutoWith>['search']>) =>
		(await answer).results.map(({ value }) => value);

	it('looks at those of ten customers', async () => {
		const { asked, search } = trutoWith({ runs, accounts: () => ({ result: accounts(12) }) });

		const found = await search('quiet');

		expect(found.results.map(({ value }) => value)).toEqual([
			'a0',
			'a1',
			'a2',
			'a3',
			'a4',
			'a5',
			'a6',
			'a7',
			'a8',
			'a9',
		]);
		expect(found.cursor).toMatch(/^\["0\.\d+"\]$/);
		// Three pages of the latest runs first.
		expect(asked).toHaveLength(13);
		expect(asked[3]).toEqual({ ...LATEST, integrated_account_id: 'a0' });
	});

	it('looks at customers that have one of the words in their name', async () => {
		const { search } = trutoWith({
			runs,
			accounts: () => ({
				result: [
					{ id: 'other', tenant_id: 'Loud' },
					{ id: 'nameless', tenant_id: null },
					{ id: null, tenant_id: 'Quiet without id' },
					{ id: 'quiet', tenant_id: 'QUIET' },
				],
			}),
		});

		expect(await valuesOf(search('failed quiet'))).toEqual(['quiet']);
	});

	it('goes on with the latest if no customer, or no run of one, matches', async () => {
		const cursor = expect.stringMatching(/^\["0\.\d+"\]$/);
		const none = trutoWith({ runs, accounts: () => ({ result: [] }) });
		expect(await none.search('quiet')).toEqual({ results: [], cursor });

		const unread = trutoWith({ runs, accounts: () => new Error('reset') });
		expect(await unread.search('quiet')).toEqual({ results: [], cursor });

		const unmatched = trutoWith({ runs, accounts: () => ({ result: accounts(1) }) });
		expect(await unmatched.search('quiet nonsense')).toEqual({ results: [], cursor });
	});

	it('looks through 2,000 accounts at the most', async () => {
		let asked = 0;
		const { search } = trutoWith({
			runs,
			accounts: ({ limit }) => ({
				result: Array.from({ length: Number(limit) }, (_, id) => ({ id: `${asked} ${id}` })),
				next_cursor: `p${++asked}`,
			}),
		});

		await search('quiet');

		expect(asked).toBe(4);
	});

	it('looks first at the customers that have the most of the words in their names', async () => {
		const numbered = accounts(12).map((account) => ({ ...account, tenant_id: 'tenant-28' }));
		const quiet = { id: 'quiet', tenant_id: 'Quiet 28' };
		const { asked, search } = trutoWith({
			runs,
			accounts: () => ({ result: [...numbered, quiet] }),
		});

		await search('quiet 28');

		expect(asked[3]).toEqual({ ...LATEST, integrated_account_id: 'quiet' });
	});

	it('looks at customers also if few of the latest runs match, and shows each run once', async () => {
		const { search } = trutoWith({
			runs: ({ integrated_account_id: account, next_cursor }) => ({
				result:
					account === undefined && next_cursor
						? []
						: [run('r', 'failed'), run(`of ${String(account)}`, 'failed')],
				next_cursor: account === undefined ? `p${String(next_cursor)}` : null,
			}),
			accounts: () => ({ result: [{ id: 'a', tenant_id: 'acme' }] }),
		});

		expect(await valuesOf(search('acme'))).toEqual(['r', 'of undefined', 'of a']);
	});

	it('asks for no customer again while people scroll', async () => {
		let asked = 0;
		const { search } = trutoWith({
			runs,
			accounts: () => {
				asked++;
				return { result: accounts(1) };
			},
		});

		await search('quiet', '["p4"]');

		expect(asked).toBe(0);
	});

	it('asks for no customer without a word, or if enough runs match, or if there are no more runs', async () => {
		let asked = 0;
		const accountsAsked = () => {
			asked++;
			return { result: [] };
		};
		await trutoWith({ runs, accounts: accountsAsked }).search(' ');
		await trutoWith({ runs: () => ({ result: [] }), accounts: accountsAsked }).search('quiet');
		const ten = Array.from({ length: 10 }, (_, index) => run(`r${index}`, 'failed'));
		const more = { result: ten, next_cursor: 'p2' };
		await trutoWith({
			runs: ({ next_cursor }) =>
				next_cursor === undefined ? more : { result: [], next_cursor: 'p3' },
			accounts: accountsAsked,
		}).search('acme');
		expect(asked).toBe(0);
	});
});
