import { sleep } from 'n8n-workflow';

/** Records keys and returns those that are new, as n8n's `checkProcessedAndRecord` does. */
export type RecordKeys = (keys: string[], maxEntries: number) => Promise<string[]>;

/** An event and the execution that it has started. */
export interface StartedEvent {
	key: string;
	executionId: string;
}

/**
 * Enough for 2,500 events of two entries each. At 20 events a second that is two minutes, and Truto's
 * redeliveries come sooner. More would be slower, because n8n writes all entries at each event.
 */
const MOST_ENTRIES = 5_000;

/** Each write repeats the keys of this period, because another process may have overwritten them. */
const REPEAT_MS = 60_000;

const MOST_REPEATED = 1_000;

interface Waiter extends StartedEvent {
	settle: (isFirst: boolean) => void;
	fail: (error: unknown) => void;
}

/**
 * The events of one trigger, in n8n's table of processed items, which outlives restarts and is shared by
 * all processes. n8n reads the trigger's row, changes it and writes it back, so two writes at the same
 * time lose keys. This process therefore makes one write at a time, for all waiting events together.
 * Keys that another process overwrote in the meantime are written again with the next events, or a
 * moment after the last one.
 */
export class RecordedEvents {
	private waiting: Waiter[] = [];

	private isWriting = false;

	private rounds = 0;

	/** The keys that this process has recorded, oldest first, with their executions. */
	private readonly recent = new Map<string, { executionId: string; at: number }>();

	/**
	 * Records that an event has started an execution.
	 *
	 * @returns false if it has started another one before. The same execution may ask again: n8n's *Retry
	 * On Fail* repeats a node, and older n8n repeats an execution whose worker has crashed.
	 * @throws what n8n throws if it can't read or write its database
	 */
	async isFirst(event: StartedEvent, record: RecordKeys): Promise<boolean> {
		const answer = new Promise<boolean>((settle, fail) => {
			this.waiting.push({ ...event, settle, fail });
		});
		if (!this.isWriting) void this.writeAll(record);
		return await answer;
	}

	isIdle(now: number): boolean {
		this.forgetOld(now);
		return !this.isWriting && this.recent.size === 0;
	}

	private async writeAll(record: RecordKeys): Promise<void> {
		this.isWriting = true;
		while (this.waiting.length > 0) await this.write(this.waiting.splice(0), record);
		this.isWriting = false;
		this.rounds++;
		void this.writeAgainAfter(this.rounds, record);
	}

	/**
	 * Writes once more when no event has come for a moment. If this fails, the keys are only lost if
	 * another process has overwritten them.
	 */
	private async writeAgainAfter(round: number, record: RecordKeys): Promise<void> {
		await sleep(300 + Math.random() * 700);
		if (this.isWriting || this.rounds !== round) return;
		this.isWriting = true;
		await record(this.recentKeys(), MOST_ENTRIES).catch(() => undefined);
		this.isWriting = false;
		if (this.waiting.length > 0) await this.writeAll(record);
	}

	private async write(batch: Waiter[], record: RecordKeys): Promise<void> {
		this.forgetOld(Date.now());
		const keys = [...this.recentKeys(), ...batch.flatMap(keysOf)];
		try {
			const added = new Set(await record([...new Set(keys)], MOST_ENTRIES));
			for (const waiter of batch) waiter.settle(this.settleOne(waiter, added));
		} catch (error) {
			for (const { fail } of batch) fail(error);
		}
	}

	/** @param added the keys that were not in the table before */
	private settleOne({ key, executionId }: StartedEvent, added: Set<string>): boolean {
		const known = this.recent.get(key);
		if (known) return known.executionId === executionId;
		const [eventKey, executionKey] = keysOf({ key, executionId });
		const isFirst = added.has(eventKey) || !added.has(executionKey);
		if (isFirst) this.recent.set(key, { executionId, at: Date.now() });
		return isFirst;
	}

	private recentKeys(): string[] {
		return [...this.recent].flatMap(([key, { executionId }]) => keysOf({ key, executionId }));
	}

	private forgetOld(now: number): void {
		for (const [key, { at }] of this.recent) {
			if (now - at <= REPEAT_MS && this.recent.size <= MOST_REPEATED) return;
			this.recent.delete(key);
		}
	}
}

function keysOf({ key, executionId }: StartedEvent): [event: string, execution: string] {
	return [key, `${key} ${executionId}`];
}

const byTrigger = new Map<string, RecordedEvents>();

/** The recorded events of one trigger. Triggers that have had no event for a while are forgotten. */
export function recordedEventsOf(trigger: string): RecordedEvents {
	const known = byTrigger.get(trigger);
	if (known) return known;
	for (const [other, events] of byTrigger) {
		if (events.isIdle(Date.now())) byTrigger.delete(other);
	}
	const events = new RecordedEvents();
	byTrigger.set(trigger, events);
	return events;
}
