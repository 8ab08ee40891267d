import { UnsureError } from '../explainedError';
import type { JsonRecord } from '../json';
import { andList, sentenceCase } from '../text';
import { withArticle, type Kind } from '../truto/kinds';

/** A change in Truto that one or more items of a node's run asked for, and what came of it. */
export interface Deed {
	kind: Kind;
	/** Of the thing; empty for one that is not created yet. */
	id: string;
	/** Such as `stopped`. */
	done: string;
	/** Those that know the outcome. */
	items: Set<number>;
	token: object;
	/** What was wanted, as JSON. */
	wanted: string;
	/** What was there before the first try that may have got through. */
	before?: { value: unknown };
	/** The output; undefined until it is done. */
	rows?: JsonRecord[];
	/** Why it isn't done. */
	error?: unknown;
	/** The error after which Truto may have done it. */
	doubt?: unknown;
}

/**
 * Says what was done in spite of an error.
 *
 * @param failed the item with the error. An error that is a doubt says so itself.
 * @returns undefined if nothing was done
 */
export function deedsInWords(deeds: Deed[], failed: number): string | undefined {
	const unsure = deeds.filter(({ doubt, error, items }) => {
		const saysSo = items.has(failed) && error === doubt;
		return doubt !== undefined && !saysSo;
	});
	const done = byText(deeds, (deed) => deed.done).flatMap(([text, alike]) => {
		const made = alike.filter(({ rows }) => rows);
		const lost = unsure.filter((deed) => deed.done === text && stateOf(deed) === undefined);
		return [
			...sentence(made, made.length === 1 ? `was ${text}` : `were ${text}`),
			...sentence(
				lost.filter(({ id }) => id !== ''),
				`may have been ${text}`,
			),
			...namelessSentence(
				lost.filter(({ id }) => id === ''),
				`may have been ${text}`,
			),
		];
	});
	const isDone = done.length > 0;
	const sentences = [
		...done,
		...(isDone ? ["'Retry On Fail' does not repeat this, but a new execution does."] : []),
		...byText(unsure, (deed) => stateOf(deed)?.one).flatMap(([one, alike]) =>
			sentence(alike, alike.length === 1 ? one : (stateOf(alike[0])?.several ?? one)),
		),
	];
	return sentences.length === 0 ? undefined : sentences.join(' ');
}

/** What to say of a deed that was done in part. */
function stateOf(deed: Deed | undefined): UnsureError['state'] {
	return deed?.doubt instanceof UnsureError ? deed.doubt.state : undefined;
}

/** Deeds of which the same is to be said. */
function byText(
	deeds: Deed[],
	textOf: (deed: Deed) => string | undefined,
): Array<[string, Deed[]]> {
	const texts = new Map<string, Deed[]>();
	for (const deed of deeds) {
		const text = textOf(deed);
		if (text !== undefined) texts.set(text, [...(texts.get(text) ?? []), deed]);
	}
	return [...texts];
}

/** @returns for example `This schedule was deleted: s1 (item 0).`, or nothing without a deed */
function sentence(deeds: Deed[], what: string): string[] {
	const [first] = deeds;
	if (!first) return [];
	const { noun, plural } = first.kind;
	const names = deeds
		.slice(0, MOST_NAMES)
		.map(({ id, items }) => `${id} (${itemsText([...items])})`);
	const others = deeds.slice(MOST_NAMES);
	const more = `${others.length} more (${itemsText(others.flatMap(({ items }) => [...items]))})`;
	const list = andList(others.length > 0 ? [...names, more] : names);
	return [`${deeds.length === 1 ? `This ${noun}` : `These ${plural}`} ${what}: ${list}.`];
}

/** @returns for example `A sync job run may have been created for item 3.` */
function namelessSentence(deeds: Deed[], what: string): string[] {
	const [first] = deeds;
	if (!first) return [];
	const subject = deeds.length === 1 ? withArticle(first.kind) : first.kind.plural;
	const items = itemsText(deeds.flatMap((deed) => [...deed.items]));
	return [`${sentenceCase(subject)} ${what} for ${items}.`];
}

/** @returns for example `item 3`, `items 0, 1 and 2` or `items 0 to 98 and 100` */
function itemsText(items: number[]): string {
	const ranges: Array<{ from: number; to: number }> = [];
	for (const number of [...items].sort((a, b) => a - b)) {
		const last = ranges.at(-1);
		if (last && number <= last.to + 1) last.to = number;
		else ranges.push({ from: number, to: number });
	}
	const texts = ranges
		.slice(0, MOST_RANGES)
		.flatMap(({ from, to }) =>
			to - from < SHORTEST_RANGE - 1 ? numbersFrom(from, to) : `${from} to ${to}`,
		);
	const more = ranges.slice(MOST_RANGES).reduce((count, { from, to }) => count + to - from + 1, 0);
	const list = andList(more > 0 ? [...texts, `${more} more`] : texts);
	return `${items.length === 1 ? 'item' : 'items'} ${list}`;
}

const MOST_NAMES = 10;

/** Of items. They tell people what to start again, so only a very long text leaves some out. */
const MOST_RANGES = 100;

const SHORTEST_RANGE = 4;

function numbersFrom(from: number, to: number): string[] {
	return Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
}
