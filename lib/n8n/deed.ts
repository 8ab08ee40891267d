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
	const sentences = [...new Set(deeds.map(({ done }) => done))].flatMap((done) => {
		const alike = deeds.filter((deed) => deed.done === done);
		const made = alike.filter(({ rows }) => rows);
		const unsure = alike.filter(({ doubt, error, items }) => {
			const saysSo = items.has(failed) && error === doubt;
			return doubt !== undefined && !saysSo;
		});
		const may = `may have been ${done}`;
		return [
			...sentence(made, made.length === 1 ? `was ${done}` : `were ${done}`),
			...sentence(
				unsure.filter(({ id }) => id !== ''),
				may,
			),
			...namelessSentence(
				unsure.filter(({ id }) => id === ''),
				may,
			),
		];
	});
	if (sentences.length === 0) return undefined;
	return `${sentences.join(' ')} 'Retry On Fail' does not repeat this, but a new execution does.`;
}

/** @returns for example `This schedule was deleted: s1 (item 0).`, or nothing without a deed */
function sentence(deeds: Deed[], what: string): string[] {
	const [first] = deeds;
	if (!first) return [];
	const { noun, plural } = first.kind;
	const names = deeds.map(({ id, items }) => `${id} (${itemsText([...items])})`);
	return [`${deeds.length === 1 ? `This ${noun}` : `These ${plural}`} ${what}: ${named(names)}.`];
}

/** @returns for example `A sync job run may have been created for item 3.` */
function namelessSentence(deeds: Deed[], what: string): string[] {
	const [first] = deeds;
	if (!first) return [];
	const subject = deeds.length === 1 ? withArticle(first.kind) : first.kind.plural;
	const items = itemsText(deeds.flatMap((deed) => [...deed.items]));
	return [`${sentenceCase(subject)} ${what} for ${items}.`];
}

/** @returns for example `item 3` or `items 0, 1 and 2` */
function itemsText(items: number[]): string {
	const numbers = [...items].sort((a, b) => a - b).map(String);
	return `${numbers.length === 1 ? 'item' : 'items'} ${named(numbers)}`;
}

const MOST_NAMES = 10;

function named(names: string[]): string {
	const more = names.length - MOST_NAMES;
	return andList(more > 0 ? [...names.slice(0, MOST_NAMES), `${more} more`] : names);
}
