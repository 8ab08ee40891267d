import type { IExecuteData, INode } from 'n8n-workflow';

import type { JsonRecord } from '../json';
import type { Kind } from '../truto/kinds';
import { Changes, type Change, type Changer } from './changes';
import { Memo } from './memo';
import { Signals } from './signals';
import type { Queues } from './turns';

/** What an item shares with the other items of a run of its node. */
export interface ItemRun {
	/** Fetches something once for all items. If that fails, the next item tries again. */
	once<T>(key: string, fetch: () => Promise<T>): Promise<T>;
	/** Changes a thing in Truto: see {@link Changes}. */
	change<Before>(change: Change<Before>): Promise<JsonRecord[]>;
	/** Creates the item's thing, unless an earlier try of *Retry On Fail* has, or may have. */
	create(kind: Kind, create: () => Promise<JsonRecord>): Promise<JsonRecord>;
}

/**
 * What the items of one run of a node share. If n8n's *Retry On Fail* repeats a run, it is still the
 * same run.
 */
export class NodeRun {
	readonly signals = new Signals();

	readonly changes: Changes;

	private readonly memo = new Memo();

	private readonly hints = new Set<string>();

	private openWork = 0;

	private latestItem = -1;

	private hasFailed = false;

	/** @param queues may be shared with other runs that happen at the same time */
	constructor(queues?: Queues) {
		this.changes = new Changes(queues);
	}

	/** Whether a hint has not been given yet. */
	isNewHint(message: string): boolean {
		const isNew = !this.hints.has(message);
		this.hints.add(message);
		return isNew;
	}

	/** The part of the run that belongs to one item. */
	forItem(changer: Changer): ItemRun {
		return {
			once: async (key, fetch) => await this.memo.once(changer.token, key, fetch),
			change: async (change) => await this.changes.make(changer, change),
			create: async (kind, create) => await this.changes.create(changer, kind, create),
		};
	}

	/**
	 * Does the work of an item. Later items wait for what it changes. An item that begins after the node
	 * has failed does no work: the error could not say what it did.
	 *
	 * @param failsNode whether an error makes the node fail
	 */
	async duringItem<T>(item: number, failsNode: boolean, work: () => Promise<T[]>): Promise<T[]> {
		// A repetition begins with the first item again.
		if (item <= this.latestItem) this.hasFailed = false;
		this.latestItem = item;
		if (this.hasFailed) return [];
		const { turns } = this.changes;
		turns.arrive(item);
		let isDone = false;
		try {
			const rows = await this.during(work);
			isDone = true;
			return rows;
		} finally {
			if (!isDone && failsNode) this.hasFailed = true;
			turns.leave(item);
		}
	}

	/** Does the work of an item, or of all. Once nothing is open any more, a repetition starts afresh. */
	async during<T>(work: () => Promise<T>): Promise<T> {
		this.openWork++;
		try {
			return await work();
		} finally {
			this.openWork--;
			if (this.openWork === 0) {
				this.signals.reset();
				this.hints.clear();
			}
		}
	}
}

const nodeRuns = new WeakMap<object, NodeRun>();

const queuesOfAgents = new WeakMap<object, Queues>();

/**
 * n8n passes the same data to every item and every repetition of a node's run, and to no other run. An
 * agent's tool calls all get the agent's data, so each call is a run of its own: n8n passes the same
 * arguments to its repetitions. An agent may make several calls at once, so they queue at a thing.
 *
 * @param args what the node was called with
 */
export function nodeRunOf(data: IExecuteData, node: INode, args: object): NodeRun {
	const isTool = data.node.name !== node.name;
	const key = isTool ? args : data;
	const known = nodeRuns.get(key);
	if (known) return known;
	const queues = queuesOfAgents.get(data) ?? new Map();
	if (isTool) queuesOfAgents.set(data, queues);
	const nodeRun = new NodeRun(queues);
	nodeRuns.set(key, nodeRun);
	return nodeRun;
}
