import { beforeEach, describe, expect, it } from '@jest/globals';

import { Lookup, type Entries, type Source } from '../../../lib/api/lookup';

/** What was read, in this order: `a1` for one thing, `page 1` for a page. */
let reads: string[] = [];

beforeEach(() => {
	reads = [];
});

/** A source of things named `a1` to `a<count>`, in pages, with what fails. */
function source({ count = 1_000, pageSize = 100, fails = '' } = {}): Source<string> {
	return {
		one: async (id) => {
			reads.push(id);
			await new Promise((resolve) => setTimeout(resolve, 1));
			if (id === fails) throw new Error(`No ${id}`);
			return Number(id.slice(1)) <= count ? `thing ${id}` : undefined;
		},
		pages: async function* () {
			for (let page = 1; (page - 1) * pageSize < count; page++) {
				reads.push(`page ${page}`);
				await new Promise((resolve) => setTimeout(resolve, 1));
				if (fails === `page ${page}`) throw new Error(`No ${fails}`);
				const first = (page - 1) * pageSize + 1;
				const length = Math.min(pageSize, count - first + 1);
				yield Array.from({ length }, (_, index) => {
					const id = `a${first + index}`;
					return [id.toUpperCase(), `thing ${id}`] as const;
				}) as unknown as Entries<string>;
			}
		},
	};
}

const ids = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => `a${from + index}`);

describe('Lookup', () => {
	it('reads a handful by id, each once, whatever their letter case', async () => {
		const lookup = new Lookup(source());

		const { things, error } = await lookup.find(['a1', 'A1', null, 'a2', 'a5000']);
		const again = await lookup.find(['a2', 'a1']);

		expect([...things]).toEqual([
			['a1', 'thing a1'],
			['a2', 'thing a2'],
		]);
		expect(error).toBeUndefined();
		expect(again.things.get('a2')).toBe('thing a2');
		expect(reads).toEqual(['a1', 'a2', 'a5000']);
	});

	it('reads one page for eleven that are on it', async () => {
		const { things } = await new Lookup(source()).find(ids(1, 11));

		expect(things.size).toBe(11);
		expect(reads).toEqual(['page 1']);
	});

	it('shares requests between all that ask at the same time', async () => {
		const lookup = new Lookup(source());

		const found = await Promise.all(ids(1, 200).map(async (id) => await lookup.find([id])));

		expect(found.every(({ things }) => things.size === 1)).toBe(true);
		expect(reads).toEqual([...ids(1, 10), 'page 1', 'page 2']);
	});

	it('reads a page for every ten things at most, then the rest by id', async () => {
		const lookup = new Lookup(source({ count: 5_000 }));

		const { things } = await lookup.find([...ids(1, 30), 'a4900', 'a4901']);

		expect(things.size).toBe(32);
		expect(reads).toEqual(['page 1', 'page 2', 'page 3', 'page 4', 'a4900', 'a4901']);
	});

	it('asks by id for what the whole list lacks', async () => {
		const { things, error } = await new Lookup(source({ count: 50 })).find(ids(41, 52));

		expect(things.size).toBe(10);
		expect(error).toBeUndefined();
		expect(reads).toEqual(['page 1', 'a51', 'a52']);
	});

	it('returns the others, and the error, if one can’t be read', async () => {
		const { things, error } = await new Lookup(source({ fails: 'a2' })).find(ids(1, 3));

		expect([...things.keys()]).toEqual(['a1', 'a3']);
		expect(error).toEqual(new Error('No a2'));
	});

	it('returns the error of a list that can’t be read', async () => {
		const { things, error } = await new Lookup(source({ fails: 'page 1' })).find(ids(1, 11));

		expect(things.size).toBe(0);
		expect(error).toEqual(new Error('No page 1'));
	});
});
