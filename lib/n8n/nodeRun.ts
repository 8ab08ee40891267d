import type { IExecuteData, INode } from 'n8n-workflow';

import { UnsureError } from '../explainedError';
import type { JsonRecord } from '../json';
import type { Kind } from '../truto/kinds';

/** Tells whether the execution is cancelled. */
interface Cancellable {
	getExecutionCancelSignal(): AbortSignal | undefined;
}

/** Ends the work that needs one token. */
interface TokenStop {
	signal: AbortSignal;
	giveUp(error: unknown): void;
}

/** What an item has created, or may have created, in Truto. */
interface Creation {
	kind: Kind;
	thing?: JsonRecord;
	doubt?: UnsureError;
}

/**
 * What the items of one run of a node share. If n8n's *Retry On Fail* repeats a run, it is still the
 * same run.
 */
export class NodeRun {
	private readonly creations = new Map<number, Creation>();

	private readonly fetched = new Map<string, Promise<JsonRecord>>();

	private openItems = 0;

	private stop = new AbortController();

	private signal?: AbortSignal;

	private readonly tokens = new Map<object, TokenStop>();

	/** Ends the other items' work, because it isn't needed any more. They fail with the error. */
	giveUp(error: unknown): void {
		this.stop.abort(error);
	}

	/** The same for the items that use one token: those with another may still succeed. */
	forToken(token: object, execution: Cancellable): TokenStop {
		const known = this.tokens.get(token);
		if (known) return known;
		const stop = new AbortController();
		const forToken: TokenStop = {
			signal: AbortSignal.any([this.signalWith(execution), stop.signal]),
			giveUp: (error) => stop.abort(error),
		};
		this.tokens.set(token, forToken);
		return forToken;
	}

	/** Aborts when the execution is cancelled, and on {@link giveUp}. */
	signalWith(execution: Cancellable): AbortSignal {
		const cancelled = execution.getExecutionCancelSignal();
		this.signal ??= AbortSignal.any([...(cancelled ? [cancelled] : []), this.stop.signal]);
		return this.signal;
	}

	/** Fetches a thing once for all items. If that fails, the next item tries again. */
	async once(key: string, fetch: () => Promise<JsonRecord>): Promise<JsonRecord> {
		const known = this.fetched.get(key);
		if (known) return await known;
		const fetching = fetch();
		this.fetched.set(key, fetching);
		fetching.catch(() => this.fetched.delete(key));
		return await fetching;
	}

	/**
	 * Creates an item's thing in Truto, unless an earlier try has done so or may have done so.
	 *
	 * @throws {UnsureError} what `create` threw, on every repetition
	 */
	async createOnce(
		itemIndex: number,
		kind: Kind,
		create: () => Promise<JsonRecord>,
	): Promise<JsonRecord> {
		const known = this.creations.get(itemIndex);
		if (known?.thing) return known.thing;
		if (known?.doubt) throw known.doubt;
		const thing = await create().catch((error: unknown) => {
			if (error instanceof UnsureError) this.creations.set(itemIndex, { kind, doubt: error });
			throw error;
		});
		this.creations.set(itemIndex, { kind, thing });
		return thing;
	}

	/**
	 * What to say if the node fails although something was created; undefined if nothing was.
	 *
	 * @param only the one item that counts
	 */
	whatWasDone(only?: number): string | undefined {
		const creations = [...this.creations].filter(([item]) => only === undefined || item === only);
		const [first] = creations;
		if (!first) return undefined;
		const { noun, plural } = first[1].kind;
		const made = creations.flatMap(([item, { thing }]) =>
			thing ? [`${String(thing.id)} (item ${item})`] : [],
		);
		const unsure = creations.flatMap(([item, { doubt }]) => (doubt ? [`item ${item}`] : []));
		return [
			made.length > 0 ? `These ${plural} were created: ${shorten(made)}.` : '',
			unsure.length > 0 ? `Truto may also have created a ${noun} for ${shorten(unsure)}.` : '',
			"'Retry On Fail' does not create them again, but a new execution does.",
		]
			.filter(Boolean)
			.join(' ');
	}

	/** Does the work of an item, or of all. Once nothing is open any more, a repetition starts afresh. */
	async during<T>(work: () => Promise<T>): Promise<T> {
		this.openItems++;
		try {
			return await work();
		} finally {
			this.openItems--;
			if (this.openItems === 0) {
				this.stop = new AbortController();
				this.signal = undefined;
				this.tokens.clear();
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
 * n8n passes the same data to every item and every repetition of a node's run, and to no other run. An
 * agent's tool calls all get the agent's data, so each call is a run of its own: n8n passes the same
 * arguments to its repetitions.
 *
 * @param args what the node was called with
 */
export function nodeRunOf(data: IExecuteData, node: INode, args: object): NodeRun {
	const key = data.node.name === node.name ? data : args;
	const nodeRun = nodeRuns.get(key) ?? new NodeRun();
	nodeRuns.set(key, nodeRun);
	return nodeRun;
}
