/** How long an event is remembered, in milliseconds. Truto's redeliveries come within a minute. */
const REMEMBER_MS = 120_000;

const MOST_EVENTS = 10_000;

/**
 * An event that this process has received, until the sender has the answer.
 *
 * The execution and the answer come in either order: n8n 2.35 and newer stores the execution first, older
 * ones answer first. `outcome` is known with the first of them, and `answered` when the connection is closed.
 */
export class Delivery {
	/** Whether it has started an execution. */
	readonly outcome: Promise<boolean>;

	/** Resolves when the sender has n8n's answer, or has hung up. */
	readonly answered: Promise<void>;

	private settle: (hasStarted: boolean) => void = () => undefined;

	private close: () => void = () => undefined;

	private hasStarted: boolean | undefined;

	constructor(private readonly onAnswered: (hasStarted: boolean) => void) {
		this.outcome = new Promise((resolve) => (this.settle = resolve));
		this.answered = new Promise((resolve) => (this.close = resolve));
	}

	/** Its execution runs. */
	markStarted(): void {
		this.hasStarted ??= true;
		this.settle(this.hasStarted);
	}

	/**
	 * To be called when the connection is closed.
	 *
	 * @param isTaken whether Truto got the answer 200. If not, it sends the event again, and that must not
	 * count as a repeat unless the execution runs.
	 */
	markAnswered(isTaken: boolean): void {
		this.hasStarted ??= isTaken;
		this.onAnswered(this.hasStarted);
		this.settle(this.hasStarted);
		this.close();
	}
}

interface Received {
	at: number;
	/** undefined if the sender has had the answer, and an execution was started. */
	delivery?: Delivery;
}

/** The events that one trigger has received in this process. */
export class Deliveries {
	private readonly events = new Map<string, Received>();

	/**
	 * Accepts an event. If it is already being handled, waits for the outcome.
	 *
	 * @returns undefined if it has started an execution before
	 */
	async take(key: string, now: number): Promise<Delivery | undefined> {
		for (let known = this.recent(key, now); known; known = this.recent(key, now)) {
			if (!known.delivery || (await known.delivery.outcome)) return undefined;
		}
		const received: Received = { at: now };
		const delivery = new Delivery((hasStarted) => {
			received.delivery = undefined;
			if (!hasStarted && this.events.get(key) === received) this.events.delete(key);
		});
		received.delivery = delivery;
		this.events.delete(key);
		this.events.set(key, received);
		this.forgetOld(now);
		return delivery;
	}

	/** undefined if the event's sender has had the answer, or another process received it. */
	open(key: string, now: number): Delivery | undefined {
		return this.recent(key, now)?.delivery;
	}

	get size(): number {
		return this.events.size;
	}

	/** Makes room. The oldest come first. */
	forgetOld(now: number): void {
		for (const [key, { at }] of this.events) {
			if (this.events.size <= MOST_EVENTS && now - at <= REMEMBER_MS) return;
			this.events.delete(key);
		}
	}

	private recent(key: string, now: number): Received | undefined {
		const known = this.events.get(key);
		return known && now - known.at <= REMEMBER_MS ? known : undefined;
	}
}

const byTrigger = new Map<string, Deliveries>();

/** The events that a trigger has received in this process. It begins to remember them. */
export function deliveriesOf(trigger: string): Deliveries {
	const deliveries = byTrigger.get(trigger) ?? new Deliveries();
	byTrigger.set(trigger, deliveries);
	forgetOldLater();
	return deliveries;
}

/** undefined if the event's sender has had the answer, or another process received it. */
export function openDelivery(trigger: string, key: string, now: number): Delivery | undefined {
	return byTrigger.get(trigger)?.open(key, now);
}

/** To be called when a trigger ends, to forget its events. */
export function forgetDeliveries(trigger: string): void {
	byTrigger.delete(trigger);
}

/**
 * Frees what is too old. In queue mode, the process that gets the requests is not told when a trigger
 * ends.
 */
export function forgetOldDeliveries(now: number): void {
	for (const [trigger, deliveries] of byTrigger) {
		deliveries.forgetOld(now);
		if (deliveries.size === 0) byTrigger.delete(trigger);
	}
}

let willForget = false;

function forgetOldLater(): void {
	if (willForget) return;
	willForget = true;
	// Its timer doesn't keep n8n from ending.
	AbortSignal.timeout(REMEMBER_MS).addEventListener('abort', () => {
		willForget = false;
		forgetOldDeliveries(Date.now());
		if (byTrigger.size > 0) forgetOldLater();
	});
}
