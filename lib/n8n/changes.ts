import { UnsureError } from '../explainedError';
import type { JsonRecord } from '../json';
import { isFinding, TrutoError } from '../transport/trutoError';
import type { Kind } from '../truto/kinds';
import { deedsInWords, type Deed } from './deed';
import { Turns, type Queues } from './turns';

/** A change of one thing in Truto. */
export interface Change<Before = unknown> {
	kind: Kind;
	/** Which thing; empty for one that is not created yet. */
	id: string;
	/** What is done to it, in texts, such as `stopped`. */
	done: string;
	/** What the item wants, as JSON. Items in a row that want the same of a thing share one deed. */
	wanted?: unknown;
	/** Gets what to know before the change. A repetition gets what the first try did. */
	look?: () => Promise<Before>;
	/** Makes the change. Returns the JSON of the output items. */
	act: (before: Before) => Promise<JsonRecord[]>;
	/**
	 * Looks whether an earlier try got through whose answer was lost. Returns the output if it did, undefined
	 * if the change is still to be made; throws the doubt, which is that try's error, if that can't be seen, and
	 * an error of its own if the change wasn't made and can't be any more. Without this, such a change is never
	 * made again.
	 */
	settle?: (before: Before, doubt: unknown) => Promise<JsonRecord[] | undefined>;
}

/** Who makes a change. */
export interface Changer {
	item: number;
	token: object;
	/** Whether an error of one item makes the whole node fail. */
	failsNode: boolean;
}

/**
 * What the items of one run of a node change in Truto. What they do to one thing happens one after the
 * other, in the order of the items, and the same is done once. If n8n's *Retry On Fail* repeats the run,
 * what was done or may have been done isn't done again.
 */
export class Changes {
	readonly turns: Turns;

	/** By item and thing. */
	private readonly deeds = new Map<string, Deed>();

	/** By thing. */
	private readonly last = new Map<string, Deed>();

	/** Other runs at the same time create things of their own, so they don't wait. */
	private readonly creations: Queues = new Map();

	/** @param queues may be shared with other runs that happen at the same time */
	constructor(queues?: Queues) {
		this.turns = new Turns(queues);
	}

	/**
	 * Makes a change, or returns what came of it before.
	 *
	 * @throws what a part of the change threw, or the change of an earlier item
	 */
	async make<Before>(
		changer: Changer,
		change: Change<Before>,
		queues?: Queues,
	): Promise<JsonRecord[]> {
		const thing = thingOf(changer.item, change);
		const work = async () => {
			const deed = this.deedOf(changer, change, thing);
			// An item that knows the outcome has come to try again. If a later item has changed the thing since,
			// that change stays.
			const isRepeated = deed.items.has(changer.item) && deed === this.last.get(thing);
			if (!deed.rows && (deed.items.size === 0 || isRepeated)) {
				await attempt(deed, change);
				deed.items.clear();
			}
			deed.items.add(changer.item);
			if (!deed.rows) throw deed.error;
			// Items that share a deed don't share their output: a node may change its items.
			return structuredClone(deed.rows);
		};
		return await this.turns.take(changer.item, thing, work, queues);
	}

	/** Creates an item's thing, unless an earlier try has done so or may have done so. */
	async create(
		changer: Changer,
		kind: Kind,
		create: () => Promise<JsonRecord>,
	): Promise<JsonRecord> {
		const act = async () => [await create()];
		const change = { kind, id: '', done: 'created', act };
		const [thing = {}] = await this.make(changer, change, this.creations);
		const deed = this.deeds.get(keyOf(changer.item, thingOf(changer.item, change)));
		if (deed) deed.id = String(thing.id);
		return thing;
	}

	/**
	 * What to say if an item fails although something was done.
	 *
	 * @param isWholeNode whether the output of the other items is lost, too
	 */
	whatWasDone(failed: number, isWholeNode: boolean): string | undefined {
		const deeds = [...new Set(this.deeds.values())];
		return deedsInWords(
			deeds.filter(({ items }) => isWholeNode || items.has(failed)),
			failed,
		);
	}

	private deedOf<B>({ item, token, failsNode }: Changer, change: Change<B>, thing: string): Deed {
		const key = keyOf(item, thing);
		const wanted = JSON.stringify(change.wanted ?? null);
		const last = this.last.get(thing);
		const isSame = last?.token === token && last.wanted === wanted;
		const known = this.deeds.get(key) ?? (isSame ? last : undefined);
		// The node fails. In a repetition, the earlier item comes first again.
		if (!known && last && !last.rows && failsNode) throw last.error;
		const { kind, id, done } = change;
		const deed = known ?? { kind, id, done, items: new Set(), token, wanted };
		this.deeds.set(key, deed);
		if (!known) this.last.set(thing, deed);
		return deed;
	}
}

function keyOf(item: number, thing: string): string {
	return `${item} ${thing}`;
}

function thingOf(item: number, { kind, id }: Pick<Change, 'kind' | 'id'>): string {
	return `${kind.collection} ${id || `of item ${item}`}`;
}

async function attempt<Before>(deed: Deed, change: Change<Before>): Promise<void> {
	try {
		deed.before ??= { value: await change.look?.() };
		const before = deed.before.value as Before;
		deed.rows = (await settleDoubt(deed, change, before)) ?? (await change.act(before));
	} catch (error) {
		deed.error = error;
		if (mayHaveBeenDone(error)) deed.doubt = error;
		else if (deed.doubt === undefined) deed.before = undefined;
	}
}

/** Finds out what came of an earlier try. @throws as {@link Change.settle} */
async function settleDoubt<Before>(
	deed: Deed,
	{ settle }: Change<Before>,
	before: Before,
): Promise<JsonRecord[] | undefined> {
	if (deed.doubt === undefined) return undefined;
	if (!settle) throw deed.doubt;
	const rows = await settle(before, deed.doubt).catch((error: unknown) => {
		if (isFinding(error)) deed.doubt = undefined;
		throw error;
	});
	deed.doubt = undefined;
	return rows;
}

function mayHaveBeenDone(error: unknown): boolean {
	return error instanceof UnsureError || (error instanceof TrutoError && error.mayHaveBeenDone);
}
