/** An item that has arrived and has not said yet what it changes. */
interface Undecided {
	decided: Promise<void>;
	decide: () => void;
}

/** The end of the queue at each thing. */
export type Queues = Map<string, Promise<unknown>>;

/** Lets the items of a run have their turn at a thing one at a time, in the order of the items. */
export class Turns {
	private readonly undecided = new Map<number, Undecided>();

	/** @param ends may be shared with other runs that happen at the same time */
	constructor(private readonly ends: Queues = new Map()) {}

	/** From now on, items with a higher index wait until this one takes its turn or leaves. */
	arrive(item: number): void {
		let decide = (): void => undefined;
		const decided = new Promise<void>((resolve) => (decide = resolve));
		this.undecided.set(item, { decided, decide });
	}

	leave(item: number): void {
		this.undecided.get(item)?.decide();
		this.undecided.delete(item);
	}

	/**
	 * Does an item's work with a thing when all earlier items are done with that thing.
	 *
	 * @param ends other queues than the usual ones
	 */
	async take<T>(
		item: number,
		thing: string,
		work: () => Promise<T>,
		ends: Queues = this.ends,
	): Promise<T> {
		const earlier = [...this.undecided].filter(([other]) => other < item);
		await Promise.all(earlier.map(async ([, { decided }]) => await decided));
		const turn = (ends.get(thing) ?? Promise.resolve()).then(work);
		ends.set(
			thing,
			turn.catch(() => undefined),
		);
		this.leave(item);
		return await turn;
	}
}
