/** How long an event is remembered. Truto's redeliveries come within a minute. */
const REMEMBER_MS = 600_000;

const MOST_EVENTS = 10_000;

/** An event that this process has received. */
export class Delivery {
	/** Whether it has started an execution. */
	readonly outcome: Promise<boolean>;

	/** Resolves when the sender has n8n's answer, or has hung up. */
	readonly answered: Promise<void>;

	private settle: (hasStarted: boolean) => void = () => undefined;

	private close: () => void = () => undefined;

	private hasEnded = false;

	constructor(
		readonly at: number,
		private readonly forget: () => void,
	) {
		this.outcome = new Promise((resolve) => (this.settle = resolve));
		this.answered = new Promise((resolve) => (this.close = resolve));
	}

	/** Its execution runs. */
	markStarted(): void {
		this.end(true);
	}

	/**
	 * To be called when the connection is closed.
	 *
	 * @param isTaken whether Truto got the answer 200. If not, it sends the event again, and that must not
	 * count as a repeat unless the execution runs.
	 */
	markAnswered(isTaken: boolean): void {
		this.end(isTaken);
		this.close();
	}

	/** The first call decides. */
	private end(hasStarted: boolean): void {
		if (this.hasEnded) return;
		this.hasEnded = true;
		if (!hasStarted) this.forget();
		this.settle(hasStarted);
	}
}

/** The events that one trigger has received in this process. */
export class Deliveries {
	private readonly events = new Map<string, Delivery>();

	/**
	 * Accepts an event. If it is already being handled, waits for the outcome.
	 *
	 * @returns undefined if it has started an execution before
	 */
	async take(key: string, now: number): Promise<Delivery | undefined> {
		for (let known = this.get(key, now); known; known = this.get(key, now)) {
			if (await known.outcome) return undefined;
		}
		const delivery = new Delivery(now, () => {
			if (this.events.get(key) === delivery) this.events.delete(key);
		});
		this.events.delete(key);
		this.events.set(key, delivery);
		this.trim(now);
		return delivery;
	}

	/** undefined if this process didn't receive the event, or received it long ago. */
	get(key: string, now: number): Delivery | undefined {
		const known = this.events.get(key);
		return known && now - known.at <= REMEMBER_MS ? known : undefined;
	}

	get size(): number {
		return this.events.size;
	}

	/** The oldest come first. */
	private trim(now: number): void {
		for (const [key, { at }] of this.events) {
			if (this.events.size <= MOST_EVENTS && now - at <= REMEMBER_MS) return;
			this.events.delete(key);
		}
	}
}

const byTrigger = new Map<string, Deliveries>();

export function deliveriesOf(trigger: string): Deliveries {
	const deliveries = byTrigger.get(trigger) ?? new Deliveries();
	byTrigger.set(trigger, deliveries);
	return deliveries;
}

/** undefined if another process received the event, or this one did long ago. */
export function deliveryOf(trigger: string, key: string, now: number): Delivery | undefined {
	return byTrigger.get(trigger)?.get(key, now);
}

/** To be called when a trigger ends, to forget its events. */
export function forgetDeliveries(trigger: string): void {
	byTrigger.delete(trigger);
}
