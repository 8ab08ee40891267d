import type { RunSource } from '../../../nodes/TrutoPollingTrigger/look';
import { seenRun, type SeenRun, type WantedRuns } from '../../../nodes/TrutoPollingTrigger/seenRun';
import type { JsonRecord } from '../../../lib/json';

/** A run at the modelled Truto. */
export interface ModelRun {
	id: string;
	environment: string;
	job: string;
	createdAt: number;
	/** From then on it is in the lists. */
	listedFrom: number;
	status: string;
	endedAt?: number;
	isDeleted: boolean;
	/** Since when Truto has denied that it knows the run, although it was asked for it. */
	deniedSince?: number;
	/** It has done so for as long as the trigger asks. */
	isGivenUp?: boolean;
}

/** docs/polling-trigger.md: "forgets the run if Truto says so again five minutes later". */
const GIVEN_UP_MS = 5 * 60_000;

/** The trigger reads at least so many runs from the list, and what is on it can't be denied. */
const LISTED_FOR_SURE = 50;

/** What goes wrong during one poll. */
export interface Faults {
	/** Each of so many requests fails; 0: none does. */
	everyNth: number;
	/** Truto says of all single runs that it doesn't know them. */
	knowsNone: boolean;
	/** Nothing is read within this time. */
	isSlow: boolean;
}

export const NO_FAULTS: Faults = { everyNth: 0, knowsNone: false, isSlow: false };

const PAGE = 100;

/** A Truto that lists runs and returns single ones, with a clock of its own. */
export class TrutoModel {
	readonly runs: ModelRun[] = [];
	now = 1_750_000_000_000;
	/** Whether runs name their environment. */
	namesEnvironment = false;
	/** Whether lists leave out the sync job. */
	listsAreShort = true;
	/** The pages of one poll: the token's environment. */
	environment = 'first';
	private requests = 0;
	/** What was said before: most of the test's time would go into times. */
	private readonly said = new Map<string, JsonRecord>();
	private readonly seen = new WeakMap<WantedRuns, Map<JsonRecord, SeenRun | undefined>>();

	isListed(run: ModelRun): boolean {
		return run.environment === this.environment && !run.isDeleted && run.listedFrom <= this.now;
	}

	source(wanted: WantedRuns, faults: Faults): RunSource {
		let late = 0;
		return {
			pages: () => this.pages(faults),
			unfinished: async (since) => {
				this.count(faults);
				await Promise.resolve();
				return this.runs
					.filter((run) => this.isListed(run) && !hasEnded(run) && run.createdAt >= since)
					.map((run) => this.spoken(run, false));
			},
			byId: async (ids) => {
				await Promise.resolve();
				if (faults.isSlow) late += 20_000;
				return this.byId(ids, faults, this.now + late);
			},
			see: (raw, isWhole) => this.see(raw, wanted, isWhole),
			now: () => this.now + late,
		};
	}

	private async *pages(faults: Faults): AsyncGenerator<JsonRecord[]> {
		const listed = this.runs
			.filter((run) => this.isListed(run))
			.sort((a, b) => b.createdAt - a.createdAt);
		for (let at = 0; at === 0 || at < listed.length; at += PAGE) {
			await Promise.resolve();
			this.count(faults);
			yield listed.slice(at, at + PAGE).map((run) => this.spoken(run, !this.listsAreShort));
		}
	}

	private byId(ids: string[], faults: Faults, now: number) {
		const result = { found: [] as JsonRecord[], gone: [] as string[], errors: [] as unknown[] };
		for (const id of ids) {
			try {
				this.count(faults);
				// The id has the run's place.
				const run = this.runs[Number(id.slice('run '.length))];
				const isHere = run?.environment === this.environment && !run.isDeleted;
				if (!run || !isHere) {
					result.gone.push(id);
				} else if (faults.knowsNone) {
					result.gone.push(id);
					this.deny(run, now);
				} else {
					delete run.deniedSince;
					result.found.push(this.spoken(run, true));
				}
			} catch (error) {
				result.errors.push(error);
			}
		}
		return result;
	}

	private deny(run: ModelRun, now: number): void {
		const later = this.runs.filter(
			(other) => this.isListed(other) && other.createdAt > run.createdAt,
		);
		if (later.length < LISTED_FOR_SURE) return;
		run.deniedSince ??= now;
		run.isGivenUp ||= now - run.deniedSince >= GIVEN_UP_MS;
	}

	private count({ everyNth }: Faults): void {
		this.requests++;
		if (everyNth > 0 && this.requests % everyNth === 0) throw new Error('A fault');
	}

	private see(raw: JsonRecord, wanted: WantedRuns, isWhole: boolean): SeenRun | undefined {
		const seen = this.seen.get(wanted) ?? new Map<JsonRecord, SeenRun | undefined>();
		this.seen.set(wanted, seen);
		if (!seen.has(raw)) seen.set(raw, seenRun(raw, wanted, isWhole));
		return seen.get(raw);
	}

	private spoken(run: ModelRun, isWhole: boolean): JsonRecord {
		const key = [run.id, run.status, run.endedAt, isWhole].join();
		const known = this.said.get(key);
		if (known) return known;
		const raw: JsonRecord = {
			id: run.id,
			status: run.status,
			sync_job_id: run.job,
			created_at: new Date(run.createdAt).toISOString(),
			finished_at: run.endedAt === undefined ? null : new Date(run.endedAt).toISOString(),
			...(isWhole ? { sync_job: { id: run.job } } : {}),
			...(this.namesEnvironment ? { environment_id: run.environment } : {}),
		};
		this.said.set(key, raw);
		return raw;
	}
}

export function hasEnded({ endedAt }: ModelRun): boolean {
	return endedAt !== undefined;
}
