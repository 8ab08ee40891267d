import {
	advance,
	firstState,
	LATE_MS,
	withUnsure,
	type PollState,
	type SeenRun,
} from '../../../nodes/TrutoPollingTrigger/pollState';

/** A run at the modelled Truto. */
export interface ModelRun {
	id: string;
	createdAt: number;
	/** It is in the lists. */
	isVisible: boolean;
	endedAt?: number;
	isGone?: boolean;
}

/** What may happen to the runs that a poll gives to n8n. */
export type Handing =
	/** n8n stores the state and starts the workflow. */
	| 'works'
	/** n8n is killed when it has stored the state, before it starts the workflow. */
	| 'killedBeforeStart'
	/** n8n is killed when it has started the workflow, before it stores the state. */
	| 'killedBeforeSave'
	/** The workflow is published anew during the poll: n8n drops what the poll gives. */
	| 'dropped';

/** n8n as far as a polling node knows it, and a Truto that lists and fetches runs. */
export class N8nModel {
	readonly runs: ModelRun[] = [];
	/** How often each run has started the workflow. */
	readonly started = new Map<string, number>();
	/** How often each run was given to n8n. */
	readonly given = new Map<string, number>();
	/** The static data in the database. */
	private stored: PollState | undefined;
	/** What this process knows. */
	private ours: PollState | undefined;
	/** The static data of the poller's own workflow object. */
	private loaded: PollState | undefined;
	/** n8n's table of processed data. */
	private readonly processed = new Set<string>();
	/** Older static data, as executions keep it that go on for long. */
	private readonly old: (PollState | undefined)[] = [];

	restart(): void {
		this.ours = undefined;
		this.loaded = this.stored;
	}

	publish(): void {
		this.loaded = this.stored;
	}

	/** An execution ends that changed static data: what it began with comes back. */
	writeBack(which: number): void {
		if (this.old.length > 0) this.stored = this.old[which % this.old.length];
	}

	activate(): void {
		this.poll('works');
		this.stored = this.loaded;
	}

	poll(handing: Handing): void {
		const { ours, loaded } = this;
		const isUnsure = !ours || !loaded || ours.polls !== loaded.polls;
		const known = ours && (!loaded || ours.polls >= loaded.polls) ? ours : loaded;
		if (!known) {
			const listed = this.listed((newest) => newest - LATE_MS);
			const going = this.runs.filter((run) => run.isVisible && !isEnded(run)).map(seen);
			this.keep(firstState(listed, going, ''));
			return;
		}
		const before = isUnsure ? withUnsure(known) : known;
		const listed = this.listed(() => before.since ?? Number.NEGATIVE_INFINITY);
		const ids = new Set(before.unfinished.map(([id]) => id));
		const remembered = this.runs.filter(({ id }) => ids.has(id));
		const { state, toStart } = advance(before, {
			listed,
			checked: remembered.filter(({ isGone }) => !isGone).map(seen),
			gone: remembered.filter(({ isGone }) => isGone).map(({ id }) => id),
		});
		this.keep(state);
		for (const id of toStart) count(this.given, id);
		if (toStart.length > 0) this.hand(state, toStart, handing);
	}

	private keep(state: PollState): void {
		// Through JSON, as it is stored.
		this.ours = JSON.parse(JSON.stringify(state)) as PollState;
		this.loaded = this.ours;
	}

	private hand(state: PollState, ids: string[], handing: Handing): void {
		if (handing === 'dropped') {
			this.publish();
			return;
		}
		this.old.push(this.stored);
		if (handing !== 'killedBeforeSave') this.stored = state;
		if (handing !== 'killedBeforeStart') this.execute(ids);
		if (handing !== 'works') this.restart();
	}

	private execute(ids: string[]): void {
		for (const id of ids) {
			if (this.processed.has(id)) continue;
			this.processed.add(id);
			count(this.started, id);
		}
	}

	private listed(oldest: (newest: number) => number): SeenRun[] {
		const all = this.runs
			.filter((run) => run.isVisible && !run.isGone)
			.sort((a, b) => b.createdAt - a.createdAt);
		const from = oldest(all[0]?.createdAt ?? 0);
		return all.filter(({ createdAt }) => createdAt >= from).map(seen);
	}
}

function count(counts: Map<string, number>, id: string): void {
	counts.set(id, (counts.get(id) ?? 0) + 1);
}

export function isEnded({ endedAt }: ModelRun): boolean {
	return endedAt !== undefined;
}

export function seen(run: ModelRun): SeenRun {
	return {
		id: run.id,
		createdAt: run.createdAt,
		endedAt: run.endedAt ?? run.createdAt,
		hasEnded: isEnded(run),
		passes: true,
		starts: true,
	};
}
