import type { JsonRecord } from '../json';
import type { Kind } from '../truto/kinds';

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
 * @param failed the item with the error. The error itself says what Truto may have done for this item.
 * @returns undefined if nothing was done
 */
export function deedsInWords(deeds: Deed[], failed: number): string | undefined {
	const sentences = [...new Set(deeds.map(({ done }) => done))].flatMap((done) => {
		const alike = deeds.filter((deed) => deed.done === done);
		const made = alike.filter(({ rows }) => rows);
		const unsure = alike.filter(({ doubt, items }) => doubt !== undefined && !items.has(failed));
		return [sentence(made, `were ${done}`), sentence(unsure, `may have been ${done}`)];
	});
	const said = sentences.filter(Boolean);
	if (said.length === 0) return undefined;
	return `${said.join(' ')} 'Retry On Fail' does not repeat this, but a new execution does.`;
}

function sentence(deeds: Deed[], what: string): string {
	const [first] = deeds;
	return first ? `These ${first.kind.plural} ${what}: ${namesOf(deeds)}.` : '';
}

const MOST_NAMES = 10;

function namesOf(deeds: Deed[]): string {
	const more = deeds.length - MOST_NAMES;
	const names = deeds.slice(0, MOST_NAMES).map(nameOf).join(', ');
	return more > 0 ? `${names} and ${more} more` : names;
}

function nameOf({ id, items }: Deed): string {
	const numbers = [...items].sort((a, b) => a - b).join(', ');
	return id === '' ? `item ${numbers}` : `${id} (item ${numbers})`;
}
