import { afterEach, describe, expect, it, test } from '@jest/globals';

import { forgetTrigger, seenBy, SeenEvents } from '../../../nodes/TrutoTrigger/seenEvents';

const MOST_IN_MEMORY = 10_000;
const MOST_STORED = 200;

const addMany = (seen: SeenEvents, count: number, prefix = 'e') => {
	for (let i = 0; i < count; i++) {
		seen.add(`${prefix}${String(i)}`);
		seen.markAnswered(`${prefix}${String(i)}`);
	}
};

/** What n8n would read back after it has stored it. */
const storedBy = (seen: SeenEvents, id = 'last'): unknown =>
	JSON.parse(JSON.stringify(seen.toStoreWith(id)));

describe('an event', () => {
	it('is new once', () => {
		const seen = new SeenEvents();
		expect(seen.add('a')).toBe(true);
		expect(seen.add('a')).toBe(false);
		expect(seen.add('b')).toBe(true);
	});

	test.each(['__proto__', 'constructor', 'toString', '', '0', 'length'])(
		'may have the id "%s"',
		(id) => {
			const seen = new SeenEvents();
			expect(seen.add(id)).toBe(true);
			expect(seen.add(id)).toBe(false);
		},
	);

	it('is new again where it was forgotten', () => {
		const seen = new SeenEvents();
		seen.add('a');
		seen.forget('a');
		expect([seen.add('a'), seen.add('a')]).toEqual([true, false]);
	});

	it('that was never here can be forgotten, which changes nothing', () => {
		const seen = new SeenEvents();
		seen.forget('x');
		expect(seen.add('x')).toBe(true);
	});
});

describe('what is kept', () => {
	it('in memory are the last 10,000', () => {
		const seen = new SeenEvents();
		addMany(seen, MOST_IN_MEMORY);
		expect(seen.add('e0')).toBe(false);
		expect(seen.add('one more')).toBe(true);
		expect(seen.add('e1')).toBe(false);
		expect(seen.add('e0')).toBe(true);
	});

	it('in storage are the last 200, in their order', () => {
		const seen = new SeenEvents();
		addMany(seen, MOST_STORED + 5);
		const stored = storedBy(seen) as string[];
		expect(stored).toHaveLength(MOST_STORED);
		expect(stored[0]).toBe('e6');
		expect(stored.at(-1)).toBe('last');
	});

	it('in storage are the event itself and those answered until then, not those on their way', () => {
		const seen = new SeenEvents();
		for (const id of ['a', 'b', 'c']) seen.add(id);
		const toStore = seen.toStoreWith('c');
		seen.markAnswered('a');
		expect(JSON.parse(JSON.stringify(toStore))).toEqual(['a', 'c']);
	});

	it('takes little time: 50,000 events in a few seconds', () => {
		const startedAt = performance.now();
		addMany(new SeenEvents(), 50_000);
		expect(performance.now() - startedAt).toBeLessThan(5_000);
	});
});

describe('the events of a trigger', () => {
	const keys: string[] = [];
	const newKey = () => {
		const key = `trigger ${String(Math.random())}`;
		keys.push(key);
		return key;
	};
	afterEach(() => {
		keys.splice(0).forEach(forgetTrigger);
	});

	it('are the same on every call, also without stored data', () => {
		const key = newKey();
		const first = seenBy(key, undefined);
		first.add('a');
		expect(seenBy(key, undefined)).toBe(first);
		expect(seenBy(key, []).add('a')).toBe(false);
	});

	it('are not those of another trigger', () => {
		seenBy(newKey(), ['a']).add('b');
		const other = seenBy(newKey(), []);
		expect([other.add('a'), other.add('b')]).toEqual([true, true]);
	});

	it('begin with what was stored: a restart keeps them', () => {
		const before = seenBy(newKey(), undefined);
		addMany(before, 1_500);
		const after = seenBy(newKey(), storedBy(before));
		expect(storedBy(after, 'next')).toEqual([...(storedBy(before) as string[]).slice(1), 'next']);
		expect(after.add('e1499')).toBe(false);
	});

	it('take in what another process stored', () => {
		const key = newKey();
		seenBy(key, undefined).add('mine');
		const seen = seenBy(key, ['theirs', 'mine']);
		expect([seen.add('mine'), seen.add('theirs'), seen.add('new')]).toEqual([false, false, true]);
	});

	it('do not take in what was forgotten after it was stored', () => {
		const key = newKey();
		const seen = seenBy(key, undefined);
		seen.add('a');
		const stored = storedBy(seen, 'a');
		seen.forget('a');
		expect(seenBy(key, stored).add('a')).toBe(true);
	});

	test.each([[null], ['abc'], [5], [{ 0: 'a', length: 1 }], [true]])(
		'do without stored data that is no list: %j',
		(stored) => {
			expect(storedBy(seenBy(newKey(), stored))).toEqual(['last']);
		},
	);

	it('end with the trigger', () => {
		const key = newKey();
		seenBy(key, undefined).add('a');
		forgetTrigger(key);
		expect(seenBy(key, undefined).add('a')).toBe(true);
	});
});
