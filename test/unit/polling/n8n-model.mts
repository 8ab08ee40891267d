import { advance } from '../../../nodes/TrutoPollingTrigger/advance';
import type { RunSource } from '../../../nodes/TrutoPollingTrigger/look';
import { knownRuns, type PollState } from '../../../nodes/TrutoPollingTrigger/state';

/** What may happen to the runs that a poll gives to n8n. */
export const HANDINGS = [
	/** n8n stores the state and starts the workflow. */
	'works',
	/** The execution waits for a place. */
	'waits',
	/** n8n is killed when it has stored the state, before it starts the workflow. */
	'killedBeforeStart',
	/** n8n is killed when it has started the workflow, before it stores the state. */
	'killedBeforeSave',
	/** n8n's database is away: neither the state nor the execution is stored. */
	'databaseIsAway',
	/** The workflow is published anew during the poll: n8n drops what the poll gives. */
	'dropped',
] as const;

export type Handing = (typeof HANDINGS)[number];

interface Stored {
	json: string;
	environment: string;
}

/** n8n as far as a polling node knows it. */
export class N8nModel {
	/** How often each run has started the workflow. */
	readonly started = new Map<string, number>();
	/** How often each run was given to n8n. */
	readonly given = new Map<string, number>();
	/** Executions run in other processes. */
	isQueueMode = false;
	/** A poll took it that executions run in other processes, as in queue mode. */
	hasGivenUp = false;
	/** The state that the last poll began with. */
	before: PollState | undefined;
	/** It was of another environment. */
	isOther = false;
	/** The static data in the database. */
	private stored: Stored | undefined;
	/** What this process knows. */
	private ours: Stored | undefined;
	/** The static data of the poller's own workflow object. */
	private loaded: Stored | undefined;
	/** What executions in this process have recorded. */
	private recorded = new Set<string>();
	private runsHere = false;
	/** n8n's table of processed data. */
	private readonly processed = new Set<string>();
	private waiting: string[][] = [];
	private wasQuiet = false;
	/** Older static data, as executions keep it that go on for long. */
	private readonly old: (Stored | undefined)[] = [];

	restart(): void {
		this.ours = undefined;
		this.loaded = this.stored;
		this.recorded = new Set();
		this.runsHere = false;
		this.waiting = [];
	}

	publish(): void {
		this.loaded = this.stored;
	}

	/** Static data belongs to a node's name. */
	rename(): void {
		this.loaded = undefined;
		this.stored = undefined;
		this.old.length = 0;
	}

	/** An execution ends that changed static data: what it began with comes back. */
	writeBack(which: number): void {
		if (this.old.length > 0) this.stored = this.old[which % this.old.length];
	}

	/** Activation and publishing end with a save. */
	save(): void {
		this.stored = this.loaded;
	}

	/** Executions that waited get their place. */
	runWaiting(): void {
		for (const ids of this.waiting.splice(0)) this.execute(ids);
	}

	async poll(source: RunSource, environment: string, handing: Handing): Promise<void> {
		const [ours, loaded] = [read(this.ours), read(this.loaded)];
		const isOurs = ours !== undefined && (!loaded || ours.polls >= loaded.polls);
		const from = isOurs ? this.ours : this.loaded;
		const state = isOurs ? ours : loaded;
		const isSure = ours !== undefined && ours.polls === loaded?.polls;
		const recorded = this.isQueueMode ? new Set<string>() : new Set(this.recorded);
		const runsHere = this.runsHere && !this.isQueueMode;
		if (isSure && !runsHere && ours.repeats >= 5) this.hasGivenUp = true;
		const next = await advance(source, { state, isSure, recorded, runsHere });
		this.before = state;
		this.isOther = from !== undefined && from.environment !== environment;
		const handed = new Set(next.state.handed.map(([id]) => id));
		this.recorded = new Set([...this.recorded].filter((id) => handed.has(id)));
		this.ours = { json: JSON.stringify(next.state), environment };
		this.loaded = this.ours;
		// An activation ends with a save.
		if (!from) this.save();
		const ids = next.toStart.map(({ id }) => id);
		this.wasQuiet = ids.length === 0 && next.state.handed.length === 0;
		for (const id of ids) count(this.given, id);
		if (ids.length > 0) this.hand(ids, handing);
	}

	/** The last poll started nothing, and nothing is left to confirm. */
	get isQuiet(): boolean {
		return this.wasQuiet && this.waiting.length === 0;
	}

	private hand(ids: string[], handing: Handing): void {
		if (handing === 'dropped') return this.publish();
		if (handing === 'databaseIsAway') return;
		this.old.push(this.stored);
		if (handing !== 'killedBeforeSave') this.stored = this.loaded;
		if (handing === 'waits') this.waiting.push(ids);
		else if (handing !== 'killedBeforeStart') this.execute(ids);
		if (handing.startsWith('killed')) this.restart();
	}

	private execute(ids: string[]): void {
		this.runsHere = true;
		for (const id of ids) {
			this.recorded.add(id);
			if (this.processed.has(id)) continue;
			this.processed.add(id);
			count(this.started, id);
		}
	}
}

function read(stored: Stored | undefined): PollState | undefined {
	return stored && (JSON.parse(stored.json) as PollState);
}

function count(counts: Map<string, number>, id: string): void {
	counts.set(id, (counts.get(id) ?? 0) + 1);
}

/** Whether a state knows a run that is still there. */
export function knowsOneOf(state: PollState, ids: ReadonlySet<string>): boolean {
	return knownRuns(state).some(([id]) => ids.has(id));
}
