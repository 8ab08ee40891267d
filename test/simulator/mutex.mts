import { TERMINAL_STATUSES } from './types.mts';
import type { SyncJobRun } from './types.mts';

/** What a run in a mutex's queue may do: go on since a time, or not yet. */
export type Turn = { since: number } | 'waits';

/** Who waits for whom: of the runs with the same mutex key, one goes on at a time, in order. */
export class Mutexes {
	private readonly keys = new Map<string, string>();
	private readonly queues = new Map<string, string[]>();
	/** When the last run before the present holder ended. */
	private readonly freedAt = new Map<string, number>();

	/** Puts a run at the end of its key's queue. */
	join(runId: string, key: string): void {
		this.keys.set(runId, key);
		const queue = this.queues.get(key) ?? [];
		queue.push(runId);
		this.queues.set(key, queue);
	}

	/** The turn of a run; runs outside of every queue always have theirs. */
	turnOf(runId: string, runs: ReadonlyMap<string, SyncJobRun>, now: number): Turn {
		const key = this.keys.get(runId);
		const queue = key === undefined ? undefined : this.queues.get(key);
		if (key === undefined || !queue) return { since: 0 };
		for (let first = queue[0]; first !== undefined && first !== runId; first = queue[0]) {
			const holder = runs.get(first);
			if (holder && !TERMINAL_STATUSES.has(holder.status)) return 'waits';
			queue.shift();
			this.keys.delete(first);
			this.freedAt.set(key, Date.parse(holder?.finished_at ?? '') || now);
		}
		return { since: this.freedAt.get(key) ?? 0 };
	}
}
