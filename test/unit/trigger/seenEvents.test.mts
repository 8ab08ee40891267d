import { afterEach, describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import { forgetTrigger, seenBy, SeenEvents } from '../../../nodes/TrutoTrigger/shared/seenEvents';

const MOST_IN_MEMORY = 10_000;
const MOST_STORED = 200;

const addMany = (seen: SeenEvents, count: number, prefix = 'e') => {
	for (let i = 0; i < count; i++) seen.add(`${prefix}${String(i)}`);
};

describe('an event', () => {
	it('is new once', () => {
		const seen = new SeenEvents();
		expect(seen.add('a')).toBe(true);
		expect(seen.add('a')).toBe(false);
		expect(seen.add('b')).toBe(true);
		expect(seen.latest).toEqual(['a', 'b']);
	});

	test.each(['__proto__', 'constructor', 'toString', '', '0', 'length'])(
		'may have the id "%s"',
		(id) => {
			const seen = new SeenEvents();
			expect(seen.add(id)).toBe(true);
			expect(seen.add(id)).toBe(false);
		},
	);

	it('is new again where it was forgotten, and stands last then', () => {
		const seen = new SeenEvents();
		addMany(seen, 3);
		seen.forget('e1');
		expect(seen.latest).toEqual(['e0', 'e2']);
		expect(seen.add('e1')).toBe(true);
		expect(seen.latest).toEqual(['e0', 'e2', 'e1']);
	});

	it('that was never here can be forgotten, which changes nothing', () => {
		const seen = new SeenEvents();
		addMany(seen, 3);
		seen.forget('x');
		expect(seen.latest).toEqual(['e0', 'e1', 'e2']);
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
		expect(seen.latest).toHaveLength(MOST_STORED);
		expect(seen.latest[0]).toBe('e5');
		expect(seen.latest.at(-1)).toBe(`e${String(MOST_STORED + 4)}`);
	});

	it('in storage is always the same array', () => {
		const seen = new SeenEvents();
		const { latest } = seen;
		addMany(seen, 3 * MOST_STORED);
		seen.forget('e599');
		expect(seen.latest).toBe(latest);
		expect(latest.at(-1)).toBe('e598');
	});

	it('takes little time: 50,000 events in a few seconds', () => {
		const startedAt = performance.now();
		addMany(new SeenEvents(), 50_000);
		expect(performance.now() - startedAt).toBeLessThan(5_000);
	});

	it('is the end of what came, whatever comes and is forgotten', () => {
		const actions = fc.array(
			fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), forget: fc.boolean() }),
		);
		fc.assert(
			fc.property(actions, (list) => {
				const seen = new SeenEvents();
				let expected: string[] = [];
				for (const { id, forget } of list) {
					if (forget) {
						seen.forget(id);
						expected = expected.filter((one) => one !== id);
					} else {
						expect(seen.add(id)).toBe(!expected.includes(id));
						if (!expected.includes(id)) expected.push(id);
					}
					expect(seen.latest).toEqual(expected);
				}
			}),
		);
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
		expect(other.latest).toEqual([]);
		expect([other.add('a'), other.add('b')]).toEqual([true, true]);
	});

	it('begin with what was stored: a restart keeps them', () => {
		const before = seenBy(newKey(), undefined);
		addMany(before, 1_500);
		const stored: unknown = JSON.parse(JSON.stringify(before.latest));
		const after = seenBy(newKey(), stored);
		expect(after.latest).toEqual(before.latest);
		expect(after.add('e1499')).toBe(false);
	});

	it('take in what another process stored', () => {
		const key = newKey();
		seenBy(key, undefined).add('mine');
		const seen = seenBy(key, ['theirs', 'mine']);
		expect(seen.latest).toEqual(['mine', 'theirs']);
		expect([seen.add('mine'), seen.add('theirs'), seen.add('new')]).toEqual([false, false, true]);
	});

	it('take in their own list, as n8n hands it back where it did not store it yet', () => {
		const key = newKey();
		const seen = seenBy(key, undefined);
		addMany(seen, MOST_STORED);
		expect(seenBy(key, seen.latest).latest).toHaveLength(MOST_STORED);
	});

	test.each([[null], ['abc'], [5], [{ 0: 'a', length: 1 }], [true]])(
		'do without stored data that is no list: %j',
		(stored) => {
			expect(seenBy(newKey(), stored).latest).toEqual([]);
		},
	);

	it('are texts, whatever was stored', () => {
		const seen = seenBy(newKey(), [1, null, {}]);
		expect(seen.latest).toEqual(['1', 'null', '[object Object]']);
	});

	it('end with the trigger', () => {
		const key = newKey();
		seenBy(key, undefined).add('a');
		forgetTrigger(key);
		expect(seenBy(key, undefined).add('a')).toBe(true);
	});
});
