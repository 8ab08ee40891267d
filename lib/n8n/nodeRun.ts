import type { IExecuteData } from 'n8n-workflow';

import type { JsonRecord } from '../json';

/** Who tells whether the execution is cancelled. */
interface Cancellable {
	getExecutionCancelSignal(): AbortSignal | undefined;
}

/** What the items of one run of a node share. n8n's *Retry On Fail* repeats a run: it is the same one. */
export class NodeRun {
	/** The sync job runs that were started, by item: a repetition must not start them again. */
	readonly startedRuns = new Map<number, JsonRecord>();

	/** The schedules that were created, likewise. */
	readonly createdSchedules = new Map<number, JsonRecord>();

	private readonly fetched = new Map<string, Promise<JsonRecord>>();

	private openItems = 0;

	private stop = new AbortController();

	private signal?: AbortSignal;

	/** Ends the other items' work, as it can't succeed or is of no use any more. They fail with the error. */
	giveUp(error: unknown): void {
		this.stop.abort(error);
	}

	/** Aborts where the execution is cancelled, and on {@link giveUp}. */
	signalWith(execution: Cancellable): AbortSignal {
		const cancelled = execution.getExecutionCancelSignal();
		this.signal ??= AbortSignal.any([...(cancelled ? [cancelled] : []), this.stop.signal]);
		return this.signal;
	}

	/** Fetches a thing once for all items. What failed is fetched again by the next one. */
	async once(key: string, fetch: () => Promise<JsonRecord>): Promise<JsonRecord> {
		const known = this.fetched.get(key);
		if (known) return await known;
		const fetching = fetch();
		this.fetched.set(key, fetching);
		fetching.catch(() => this.fetched.delete(key));
		return await fetching;
	}

	/** What must be said where the node fails although it has changed something; undefined if it has not. */
	whatWasDone(): string | undefined {
		const texts = [
			doneText('sync job runs were started', 'start', this.startedRuns),
			doneText('schedules were created', 'create', this.createdSchedules),
		];
		return texts.filter(Boolean).join(' ') || undefined;
	}

	/** Does the work of an item, or of all. When nothing is open any more, a repetition begins afresh. */
	async during<T>(work: () => Promise<T>): Promise<T> {
		this.openItems++;
		try {
			return await work();
		} finally {
			this.openItems--;
			if (this.openItems === 0) {
				this.stop = new AbortController();
				this.signal = undefined;
			}
		}
	}
}

function doneText(what: string, verb: string, byItem: Map<number, JsonRecord>): string {
	if (byItem.size === 0) return '';
	const done = [...byItem].map(([item, { id }]) => `${String(id)} (item ${item})`);
	const shown = done.slice(0, 10).join(', ');
	const more = done.length > 10 ? ` and ${done.length - 10} more` : '';
	return `These ${what}: ${shown}${more}. If n8n tries this node again, it does not ${verb} them a second time.`;
}

const nodeRuns = new WeakMap<IExecuteData, NodeRun>();

/** n8n hands the same data to every item and every repetition of a node's run, and to no other run. */
export function nodeRunOf(data: IExecuteData): NodeRun {
	const nodeRun = nodeRuns.get(data) ?? new NodeRun();
	nodeRuns.set(data, nodeRun);
	return nodeRun;
}
