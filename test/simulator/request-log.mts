import type { IncomingHttpHeaders } from 'node:http';

/** A request as the simulator saw it. */
export interface RequestRecord {
	method: string;
	/** Without the query. */
	path: string;
	query: Record<string, string | string[]>;
	/** Without the token: `hasToken` says whether there was one. */
	headers: IncomingHttpHeaders;
	hasToken: boolean;
	body: unknown;
	/** 0 while, or if, there is no answer. */
	status: number;
	startedAt: number;
	/** 0 while the answer is under way. */
	finishedAt: number;
}

/** Numbers over all requests since the last reset, also those that `records` no longer holds. */
export interface RequestCounts {
	count: number;
	statuses: Record<string, number>;
	/** How many requests were under way at the same time, at most. */
	maxConcurrent: number;
}

/** The requests received. Kept cheap: benches send hundreds of thousands. */
export class RequestLog {
	readonly records: RequestRecord[] = [];
	/** Past this many, the older half is dropped. */
	limit = 200_000;
	/** Off: only the counts are kept. */
	keepRecords = true;
	private count = 0;
	private open = 0;
	private maxConcurrent = 0;
	private readonly statuses = new Map<number, number>();

	start(record: RequestRecord): void {
		if (this.keepRecords) {
			if (this.records.length >= this.limit) this.records.splice(0, this.limit / 2);
			this.records.push(record);
		}
		this.count++;
		this.open++;
		if (this.open > this.maxConcurrent) this.maxConcurrent = this.open;
	}

	/** The status is known, and the answer about to be sent. */
	answered(record: RequestRecord, status: number, now: number): void {
		if (record.finishedAt !== 0) return;
		record.status = status;
		record.finishedAt = now;
		this.open--;
		this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
	}

	counts(): RequestCounts {
		return {
			count: this.count,
			statuses: Object.fromEntries(this.statuses),
			maxConcurrent: this.maxConcurrent,
		};
	}

	clear(): void {
		// The array is handed out as `simulator.requests`, so it is emptied rather than replaced.
		this.records.length = 0;
		this.count = 0;
		this.maxConcurrent = this.open;
		this.statuses.clear();
	}
}
