import { sleep, type IExecuteFunctions } from 'n8n-workflow';

import { triggerKey, triggerName } from './trigger';

/** Records entries and returns those that are new, as n8n's `checkProcessedAndRecord` does. */
export type RecordEntries = (entries: string[], maxEntries: number) => Promise<string[]>;

/**
 * Enough for 2,500 events or runs of two entries each. At 20 events a second that is two minutes, and
 * Truto's redeliveries come sooner. More would be slower, because n8n writes all entries each time.
 */
const MOST_ENTRIES = 5_000;

/** Each write repeats the keys of this period, because another process may have overwritten them. */
const REPEAT_MS = 60_000;

const MOST_REPEATED = 1_000;

interface Waiter {
	keys: string[];
	executionId: string;
	settle: (first: Set<string>) => void;
	fail: (error: unknown) => void;
}

/**
 * What has started the workflow of one trigger: events or runs. It is kept in n8n's table of processed
 * items, which outlives restarts and is shared by all processes. Unlike static data, it is stored at
 * once, and no execution overwrites it with an older one.
 *
 * n8n reads the trigger's row, changes it and writes it back, so two writes at the same time lose
 * entries. This process therefore makes one write at a time, for all that wait together. Keys that
 * another process overwrote in the meantime are written again with the next ones, or a moment after the
 * last one.
 */
export class StartedBefore {
	private waiting: Waiter[] = [];

	private isWriting = false;

	private rounds = 0;

	/** The keys that this process has recorded, oldest first, with their executions. */
	private readonly recent = new Map<string, { executionId: string; at: number }>();

	/**
	 * Records that keys have started an execution.
	 *
	 * @returns those that have not started another one before. The same execution may ask again: n8n's
	 * *Retry On Fail* repeats a node, and n8n may repeat an execution whose worker has crashed.
	 * @throws what n8n throws if it can't read or write its database
	 */
	async firstOf(keys: string[], executionId: string, record: RecordEntries): Promise<Set<string>> {
		const answer = new Promise<Set<string>>((settle, fail) => {
			this.waiting.push({ keys, executionId, settle, fail });
		});
		if (!this.isWriting) void this.writeAll(record);
		return await answer;
	}

	isIdle(now: number): boolean {
		this.forgetOld(now);
		return !this.isWriting && this.recent.size === 0;
	}

	private async writeAll(record: RecordEntries): Promise<void> {
		this.isWriting = true;
		while (this.waiting.length > 0) await this.write(this.waiting.splice(0), record);
		this.isWriting = false;
		this.rounds++;
		void this.writeAgainAfter(this.rounds, record);
	}

	/**
	 * Writes once more when nothing has come for a moment. If this fails, the keys are only lost if
	 * another process has overwritten them.
	 */
	private async writeAgainAfter(round: number, record: RecordEntries): Promise<void> {
		await sleep(300 + Math.random() * 700);
		if (this.isWriting || this.rounds !== round) return;
		this.isWriting = true;
		await record(this.recentEntries(), MOST_ENTRIES).catch(() => undefined);
		this.isWriting = false;
		if (this.waiting.length > 0) await this.writeAll(record);
	}

	private async write(batch: Waiter[], record: RecordEntries): Promise<void> {
		this.forgetOld(Date.now());
		const asked = batch.flatMap(({ keys, executionId }) =>
			keys.flatMap((key) => entriesOf(key, executionId)),
		);
		try {
			const entries = new Set([...this.recentEntries(), ...asked]);
			const added = new Set(await record([...entries], MOST_ENTRIES));
			for (const { keys, executionId, settle } of batch) {
				settle(new Set(keys.filter((key) => this.isFirst(key, executionId, added))));
			}
		} catch (error) {
			for (const { fail } of batch) fail(error);
		}
	}

	/** @param added the entries that were not in the table before */
	private isFirst(key: string, executionId: string, added: Set<string>): boolean {
		const known = this.recent.get(key);
		if (known) return known.executionId === executionId;
		const [entry, entryOfExecution] = entriesOf(key, executionId);
		const isFirst = added.has(entry) || !added.has(entryOfExecution);
		if (isFirst) this.recent.set(key, { executionId, at: Date.now() });
		return isFirst;
	}

	private recentEntries(): string[] {
		return [...this.recent].flatMap(([key, { executionId }]) => entriesOf(key, executionId));
	}

	private forgetOld(now: number): void {
		for (const [key, { at }] of this.recent) {
			if (now - at <= REPEAT_MS && this.recent.size <= MOST_REPEATED) return;
			this.recent.delete(key);
		}
	}
}

function entriesOf(key: string, executionId: string): [ofKey: string, ofExecution: string] {
	return [key, `${key} ${executionId}`];
}

const byTrigger = new Map<string, StartedBefore>();

/** What has started the workflow of one trigger. Triggers that have been quiet for a while are forgotten. */
export function startedBeforeBy(trigger: string): StartedBefore {
	const known = byTrigger.get(trigger);
	if (known) return known;
	for (const [other, started] of byTrigger) {
		if (started.isIdle(Date.now())) byTrigger.delete(other);
	}
	const started = new StartedBefore();
	byTrigger.set(trigger, started);
	return started;
}

/**
 * Those of these events or runs that have not started the workflow in another execution. From now on,
 * they count as started by this one. If n8n can't read or write its database, the log says so, and all
 * count as new: better twice than not at all.
 *
 * @param keys identify them, in at most 200 characters each
 * @param mostKeys how many are remembered
 */
export async function notStartedBefore(
	n8n: IExecuteFunctions,
	keys: string[],
	mostKeys = MOST_ENTRIES / 2,
): Promise<Set<string>> {
	try {
		return await startedBeforeBy(triggerKey(n8n)).firstOf(
			keys,
			n8n.getExecutionId(),
			async (entries) => {
				const options = { mode: 'entries', maxEntries: 2 * mostKeys } as const;
				return (await n8n.helpers.checkProcessedAndRecord(entries, 'node', options)).new.map(
					String,
				);
			},
		);
	} catch (error) {
		n8n.logger.warn(
			`${triggerName(n8n)} could not find out what has started the workflow before, so it may start again for the same: ${String(error)}`,
		);
		return new Set(keys);
	}
}
