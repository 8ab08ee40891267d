import { idKey } from '../truto/references';

/** Some things of a list, by id. */
export type Entries<Thing> = ReadonlyArray<[id: string, thing: Thing]>;

/** How things of one kind are read. */
export interface Source<Thing> {
	/** undefined if Truto doesn't know it. */
	one: (id: string) => Promise<Thing | undefined>;
	/** All of them, page by page. */
	pages: () => AsyncGenerator<Entries<Thing>>;
}

/** What a look-up came to. */
export interface LookedUp<Thing> {
	/** What Truto knows, by `idKey`. */
	things: ReadonlyMap<string, Thing>;
	/** Why others could not be read; undefined if all could. */
	error?: unknown;
}

/** So many things are read by id, side by side. That takes no longer than a page of a list. */
const MOST_BY_ID = 10;

/**
 * Things by id, each read once, whoever asks for it and when. The first few are read by id. If there are
 * more, pages of the list are read until all are found, but only as many as take no longer than by id.
 */
export class Lookup<Thing> {
	/** By `idKey`. */
	private readonly known = new Map<string, Promise<Thing | undefined>>();

	private readonly listed = new Map<string, Thing>();

	private list?: AsyncGenerator<Entries<Thing>>;

	private pagesRead = 0;

	/** Pages are read one after the other, whoever needs them. */
	private turn: Promise<unknown> = Promise.resolve();

	constructor(private readonly source: Source<Thing>) {}

	/** @param ids null for things that can't be asked for */
	async find(ids: Array<string | null>): Promise<LookedUp<Thing>> {
		const wanted = [...new Set(ids.filter((id) => id !== null).map(idKey))];
		const fresh = wanted.filter((id) => !this.known.has(id));
		const isFew = this.known.size + fresh.length <= MOST_BY_ID;
		const listing = isFew || fresh.length === 0 ? undefined : this.readPages(fresh);
		for (const id of fresh) this.known.set(id, this.read(id, listing));
		const results = await Promise.allSettled(wanted.map((id) => this.known.get(id)));
		const things = new Map<string, Thing>();
		const errors: unknown[] = [];
		for (const [index, id] of wanted.entries()) {
			const result = results[index];
			if (result?.status === 'rejected') errors.push(result.reason);
			else if (result?.value !== undefined) things.set(id, result.value);
		}
		return { things, error: errors[0] };
	}

	private async read(id: string, listing?: Promise<void>): Promise<Thing | undefined> {
		await listing;
		return this.listed.get(id) ?? (await this.source.one(id));
	}

	/** Reads further pages until all ids are listed. */
	private async readPages(ids: string[]): Promise<void> {
		const turn = this.turn
			.catch(() => undefined)
			.then(async () => {
				this.list ??= this.source.pages();
				while (
					this.pagesRead < this.known.size / MOST_BY_ID &&
					ids.some((id) => !this.listed.has(id))
				) {
					const page = await this.list.next();
					if (page.done) return;
					this.pagesRead++;
					for (const [id, thing] of page.value) this.listed.set(idKey(id), thing);
				}
			});
		this.turn = turn;
		await turn;
	}
}
