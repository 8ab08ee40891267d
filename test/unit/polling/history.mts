import type { WantedRuns } from '../../../nodes/TrutoPollingTrigger/seenRun';
import { knowsOneOf, N8nModel, type Handing } from './n8n-model.mts';
import { hasEnded, NO_FAULTS, TrutoModel, type Faults, type ModelRun } from './truto-model.mts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What happens next. */
export type Event =
	| { kind: 'create'; count: number; job: number; hiddenMs: number; aheadMs: number; ends: boolean }
	| { kind: 'time'; ms: number }
	| { kind: 'end'; which: number; all: boolean; status: string }
	| { kind: 'resume' | 'delete' | 'writeBack'; which: number }
	| { kind: 'restart' | 'publish' | 'rename' | 'runWaiting' }
	| { kind: 'poll'; handing: Handing; faults: Faults }
	| { kind: 'filter'; job: number; statuses: readonly string[] }
	| { kind: 'environment'; name: string };

export interface History {
	namesEnvironment: boolean;
	listsAreShort: boolean;
	isQueueMode: boolean;
	events: Event[];
}

/** What is to be said of a run in the end. */
interface Expectation {
	must: boolean;
	/** It matched the filters at each poll since its end, and at some. */
	alwaysMatched: boolean;
	everMatched: boolean;
	/** It had ended long before the trigger began to look at its environment. */
	isOld: boolean;
	/** A poll has seen it in progress. */
	wasSeen: boolean;
}

const JOBS = ['job a', 'job b'];

/** A life of Truto, n8n and a workflow, held to one rule: each ended run that matches starts it once. */
export class Life {
	readonly truto = new TrutoModel();
	readonly n8n = new N8nModel();
	private wanted: WantedRuns = { statuses: ['completed', 'failed'] };
	private readonly expected = new Map<string, Expectation>();
	private readonly history: History;
	private isAnyLost = false;
	private activatedAt = Number.POSITIVE_INFINITY;

	constructor(history: History) {
		this.history = history;
		this.truto.namesEnvironment = history.namesEnvironment;
		this.truto.listsAreShort = history.listsAreShort;
		this.n8n.isQueueMode = history.isQueueMode;
	}

	/** @returns what is wrong with how often runs have started the workflow; empty if nothing is */
	async live(): Promise<string[]> {
		for (const event of this.history.events) await this.happen(event);
		await this.settle();
		return this.faults();
	}

	private async happen(event: Event): Promise<void> {
		const { truto, n8n } = this;
		switch (event.kind) {
			case 'create':
				for (let run = 0; run < event.count; run++) this.create(event);
				break;
			case 'time':
				truto.now += event.ms;
				break;
			case 'end': {
				const going = truto.runs.filter((run) => !hasEnded(run) && !run.isDeleted);
				const chosen = event.all ? going : [going[event.which % going.length]];
				for (const run of chosen) if (run) this.end(run, event.status);
				break;
			}
			case 'resume': {
				const ended = truto.runs.filter(hasEnded);
				const run = ended[event.which % ended.length];
				if (!run) break;
				Object.assign(run, { status: 'running', endedAt: undefined });
				this.of(run).must = false;
				this.of(run).isOld = false;
				break;
			}
			case 'delete': {
				const run = truto.runs[event.which % truto.runs.length];
				if (!run) break;
				run.isDeleted = true;
				this.of(run).must = false;
				break;
			}
			case 'writeBack':
				n8n.writeBack(event.which);
				break;
			case 'restart':
			case 'publish':
			case 'rename':
			case 'runWaiting':
				n8n[event.kind]();
				if (event.kind === 'rename') {
					await this.poll('works', NO_FAULTS);
					n8n.save();
				}
				break;
			case 'poll':
				await this.poll(event.handing, event.faults);
				break;
			case 'filter':
				this.wanted = { statuses: [...event.statuses], syncJobId: JOBS[event.job] };
				break;
			case 'environment':
				truto.environment = event.name;
		}
	}

	private create({ job, hiddenMs, aheadMs, ends }: Event & { kind: 'create' }): void {
		const { truto } = this;
		const run: ModelRun = {
			id: `run ${String(truto.runs.length)}`,
			environment: truto.environment,
			job: JOBS[job] ?? '',
			createdAt: truto.now + aheadMs,
			listedFrom: truto.now + hiddenMs,
			status: 'running',
			isDeleted: false,
		};
		truto.runs.push(run);
		this.expected.set(run.id, {
			must: true,
			alwaysMatched: true,
			everMatched: false,
			isOld: false,
			wasSeen: false,
		});
		if (ends) this.end(run, 'completed');
	}

	private end(run: ModelRun, status: string): void {
		Object.assign(run, { status, endedAt: this.truto.now });
	}

	private of(run: ModelRun): Expectation {
		const expectation = this.expected.get(run.id);
		if (!expectation) throw new Error('Each run has one');
		return expectation;
	}

	private async poll(handing: Handing, faults: Faults): Promise<void> {
		const { truto, n8n, wanted } = this;
		if (this.history.isQueueMode && LOSING.has(handing)) this.isAnyLost = true;
		try {
			await n8n.poll(truto.source(wanted, faults), truto.environment, handing);
		} catch {
			// The next poll looks again.
			this.note(false);
			return;
		}
		this.note(true);
	}

	/** Notes what a poll means for each run. */
	private note(hasWorked: boolean): void {
		const { truto, n8n, wanted } = this;
		const listed = truto.runs.filter((run) => truto.isListed(run));
		const ids = new Set(listed.map(({ id }) => id));
		const { before, isOther } = n8n;
		if (hasWorked) this.activatedAt = Math.min(this.activatedAt, truto.now);
		const begins = hasWorked && (!before || isOther || !knowsOneOf(before, ids));
		for (const run of truto.runs.filter(({ environment }) => environment === truto.environment)) {
			const expectation = this.of(run);
			if (begins && hasEnded(run)) {
				expectation.must = false;
				// As long as the trigger knew hardly any run, later ones could be new.
				const isYoung = run.createdAt >= this.activatedAt - HOUR;
				const isKnown = expectation.wasSeen || n8n.started.has(run.id);
				if (ids.has(run.id) && !isYoung && !isKnown) expectation.isOld = true;
			}
			if (!hasEnded(run)) {
				expectation.wasSeen ||= hasWorked;
				if (run.createdAt < truto.now - 30 * 24 * HOUR) expectation.must = false;
				continue;
			}
			const matches =
				wanted.statuses.includes(run.status) &&
				(wanted.syncJobId === undefined || wanted.syncJobId === run.job);
			expectation.everMatched ||= matches;
			expectation.alwaysMatched &&= matches;
		}
	}

	/** Nothing goes wrong any more, and time goes by. */
	private async settle(): Promise<void> {
		this.truto.now += 6 * MINUTE;
		for (let poll = 0; poll < 12; poll++) {
			await this.poll('works', NO_FAULTS);
			this.n8n.runWaiting();
			if (this.n8n.isQuiet && poll > 1) break;
			this.truto.now += 10 * MINUTE;
		}
	}

	private faults(): string[] {
		const { isQueueMode } = this.history;
		const isLossKnown = isQueueMode ? this.isAnyLost : this.n8n.hasGivenUp;
		return this.truto.runs.flatMap((run) => {
			const times = this.n8n.started.get(run.id) ?? 0;
			const { must, alwaysMatched, everMatched, isOld } = this.of(run);
			const isHere = run.environment === this.truto.environment && hasEnded(run);
			const isDue =
				must && !run.isGivenUp && alwaysMatched && everMatched && isHere && !isLossKnown;
			if (times > 1) return [`${run.id} started the workflow ${String(times)} times`];
			if (times === 0 && isDue) return [`${run.id} is lost`];
			if (times > 0 && isOld) return [`${run.id} is old`];
			if (times > 0 && !everMatched) return [`${run.id} does not match`];
			return [];
		});
	}
}

/** What queue mode can lose, because a poll never learns what its executions have recorded. */
const LOSING = new Set<Handing>(['databaseIsAway', 'waits']);
