import type { IExecuteData, INode } from 'n8n-workflow';

import type { JsonRecord } from '../json';

/** Who tells whether the execution is cancelled. */
interface Cancellable {
	getExecutionCancelSignal(): AbortSignal | undefined;
}

/** What the items of one run of a node share. n8n's *Retry On Fail* repeats a run: it is the same one. */
export class NodeRun {
	/** The sync job runs that were started, by item: a repetition must not start them again. */
	readonly startedRuns = new Map<number, JsonRecord>();

	/** Why it is not certain that a run was started, by item: nor must a repetition start those. */
	readonly unsureStarts = new Map<number, Error>();

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

	/**
	 * What must be said where something fails although something was changed; undefined if nothing was.
	 *
	 * @param only the one item that counts
	 */
	whatWasDone(only?: number): string | undefined {
		const counts = (item: number) => only === undefined || item === only;
		const runs = [...this.startedRuns]
			.filter(([item]) => counts(item))
			.map(([item, run]) => `${String(run.id)} (item ${item})`);
		const unsure = [...this.unsureStarts.keys()].filter(counts).map((item) => `item ${item}`);
		if (runs.length + unsure.length === 0) return undefined;
		return [
			runs.length > 0 ? `These sync job runs were started: ${shorten(runs)}.` : '',
			unsure.length > 0 ? `Truto may also have started a run for ${shorten(unsure)}.` : '',
			'If n8n tries this node again, it does not start them a second time.',
		]
			.filter(Boolean)
			.join(' ');
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

function shorten(names: string[]): string {
	const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
	return `${names.slice(0, 10).join(', ')}${more}`;
}

const nodeRuns = new WeakMap<object, NodeRun>();

/**
 * n8n hands the same data to every item and every repetition of a node's run, and to no other run. All
 * calls that an agent makes of its tools get the data of the agent: of these, each is a run of its own,
 * and n8n hands the same arguments to its repetitions.
 *
 * @param args what the node was called with
 */
export function nodeRunOf(data: IExecuteData, node: INode, args: object): NodeRun {
	const key = data.node.name === node.name ? data : args;
	const nodeRun = nodeRuns.get(key) ?? new NodeRun();
	nodeRuns.set(key, nodeRun);
	return nodeRun;
}
