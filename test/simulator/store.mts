import type { Clock } from './clock.mts';
import { isKnownValidation } from './args.mts';
import { ACCOUNTS, DEFAULT_RUN_SCRIPT, SYNC_JOBS } from './constants.mts';
import { DEFAULT_DIALECT } from './dialect.mts';
import type { Dialect } from './dialect.mts';
import { createdAt } from './run-clock.mts';
import type { LogEntry, OtherLogEntry, OtherLogType } from './log-types.mts';
import { manyRuns } from './many-runs.mts';
import type { ManyRunsOptions } from './many-runs.mts';
import { Mutexes } from './mutex.mts';
import { advanceRun, progressFrom } from './progress.mts';
import type { Progress, RunListener } from './progress.mts';
import {
	completeAccount,
	completeCronTrigger,
	completeLog,
	completeOtherLog,
	completeRun,
	completeRunState,
	completeSyncJob,
	completeWebhook,
} from './store-defaults.mts';
import { phaseLogs, recordErrorPayload } from './phase-logs.mts';
import { TERMINAL_STATUSES } from './types.mts';
import type {
	CronTrigger,
	Datastore,
	IntegratedAccount,
	RunInput,
	RunPhase,
	RunState,
	SyncJob,
	SyncJobInput,
	SyncJobRun,
	Webhook,
} from './types.mts';

/** The simulator's data. Tests add and change it here; the routes answer from it. */
export class Store {
	readonly clock: Clock;
	/** Change runs in place or through the methods below; `created_at` only through the methods. */
	readonly runs = new Map<string, SyncJobRun>();
	readonly syncJobs = new Map<string, SyncJob>();
	readonly integratedAccounts = new Map<string, IntegratedAccount>();
	readonly webhooks = new Map<string, Webhook>();
	readonly datastores = new Map<string, Datastore>();
	readonly cronTriggers = new Map<string, CronTrigger>();
	/** Cells of sync jobs' states. */
	readonly runStates = new Map<string, RunState>();
	/** Runs for these accounts are answered with 503. No field of an account tells. */
	readonly blockedAccounts = new Set<string>();
	/** The entries of the runs' log, in the order in which they were written. */
	readonly logs: LogEntry[] = [];
	/** Those of the other logs. */
	readonly otherLogs: Record<OtherLogType, OtherLogEntry[]> = {
		webhook: [],
		sync_job_cron_trigger: [],
		unified_proxy_api: [],
	};
	/** How answers and events are worded; to be changed by tests. */
	readonly dialect: Dialect = { ...DEFAULT_DIALECT };
	/** Told about what happens to runs; set by the simulator to send webhooks. */
	onRunEvent: RunListener = () => undefined;

	private readonly scripts = new Map<string, readonly RunPhase[]>();
	private readonly progress = new Map<string, Progress>();
	private readonly mutexes = new Mutexes();
	private newestFirst: SyncJobRun[] | undefined;
	private manyRunsSoFar = 0;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	addSyncJob(input: SyncJobInput = {}): SyncJob {
		if (!isKnownValidation(input.args_validation)) {
			throw new Error(`The simulator has no JSONata for ${String(input.args_validation)}`);
		}
		const job = completeSyncJob(input, this.nowText());
		this.syncJobs.set(job.id, job);
		if (input.run_script) this.scripts.set(job.id, input.run_script);
		return job;
	}

	addIntegratedAccount(input: Partial<IntegratedAccount> = {}): IntegratedAccount {
		const account = completeAccount(input, this.nowText());
		this.integratedAccounts.set(account.id, account);
		return account;
	}

	/** Adds a run as it is or, with a `run_script`, one that goes through its states automatically. */
	addRun(input: RunInput = {}): SyncJobRun {
		const job =
			this.syncJobs.get(input.sync_job_id ?? SYNC_JOBS.crm) ??
			this.addSyncJob({ id: input.sync_job_id });
		const accountId = input.integrated_account_id ?? ACCOUNTS.hubspot;
		const run = completeRun(input, job, accountId, createdAt(this.clock.now(), this.dialect));
		this.put(run);
		if (input.run_script) this.follow(run, input.run_script);
		return run;
	}

	/**
	 * Adds a run that follows its sync job's script, as POST does.
	 *
	 * @param mutexKey the run waits until the earlier runs with this key have ended
	 */
	startRun(input: RunInput & { sync_job_id: string }, mutexKey?: string): SyncJobRun {
		const { run_script: own, ...rest } = input;
		const run = this.addRun(rest);
		if (mutexKey !== undefined) this.mutexes.join(run.id, mutexKey);
		this.follow(run, own ?? this.scripts.get(input.sync_job_id) ?? DEFAULT_RUN_SCRIPT);
		return run;
	}

	/** Adds many finished runs cheaply, for load tests; they can be read and patched, not changed in place. */
	addManyRuns(count: number, options: ManyRunsOptions = {}): string[] {
		const job = this.syncJobs.get(options.syncJobId ?? SYNC_JOBS.crm) ?? this.addSyncJob();
		const runs = manyRuns(count, options, job, this.clock.now(), this.manyRunsSoFar + 1);
		this.manyRunsSoFar += count;
		for (const run of runs) this.runs.set(run.id, Object.freeze(run));
		this.newestFirst = undefined;
		return runs.map(({ id }) => id);
	}

	/** Changes some of a run's fields; a run whose status is set no longer follows its script. */
	patchRun(id: string, patch: Partial<SyncJobRun>): SyncJobRun {
		const run = this.runs.get(id);
		if (!run) throw new Error(`There is no run ${id}`);
		const patched: SyncJobRun = { ...run, ...patch };
		if (patch.status !== undefined) this.progress.delete(id);
		this.put(patched);
		return patched;
	}

	/** What DELETE does: a finished run is removed, another one stopped, and then removed or not. */
	deleteRun(run: SyncJobRun): void {
		const now = this.clock.now();
		const finished = TERMINAL_STATUSES.has(run.status);
		let last = run;
		if (!finished) {
			const at = new Date(now).toISOString();
			last = this.patchRun(run.id, { status: 'stopped', updated_at: at, finished_at: at });
		}
		if (finished || this.dialect.deletedRun === 'gone') this.removeRun(run.id);
		this.onRunEvent('deleted', last, now);
	}

	removeRun(id: string): void {
		this.runs.delete(id);
		this.progress.delete(id);
		this.newestFirst = undefined;
	}

	addLog(input: Partial<LogEntry>): LogEntry {
		const run = input.sync_job_run_id ? this.runs.get(input.sync_job_run_id) : undefined;
		const entry = completeLog(input, run, this.nowText());
		this.logs.push(entry);
		return entry;
	}

	addOtherLog(type: OtherLogType, input: Partial<OtherLogEntry>): OtherLogEntry {
		const entry = completeOtherLog(input, this.nowText());
		this.otherLogs[type].push(entry);
		return entry;
	}

	addCronTrigger(input: Partial<CronTrigger> = {}): CronTrigger {
		const trigger = completeCronTrigger(input, this.nowText());
		this.cronTriggers.set(trigger.id, trigger);
		return trigger;
	}

	/** Sets a cell of a state; one that exists keeps its `created_at`. */
	setRunState(input: Partial<RunState> & { state_key: string; key: string }): RunState {
		const state = completeRunState(input, this.nowText());
		const { created_at } = this.runStates.get(state.id) ?? state;
		this.runStates.set(state.id, { ...state, created_at });
		return { ...state, created_at };
	}

	/** Adds a webhook without the checks that POST makes, so also one with a plain HTTP target. */
	addWebhook(input: Partial<Webhook> = {}): Webhook {
		const webhook = completeWebhook(input, this.nowText());
		this.webhooks.set(webhook.id, webhook);
		return webhook;
	}

	/** Brings the scripted runs to the present. Called before each answer, and regularly. */
	advance(): void {
		if (this.progress.size === 0) return;
		const now = this.clock.now();
		for (const [id, progress] of this.progress) {
			const run = this.runs.get(id);
			const turn = this.mutexes.turnOf(id, this.runs, now);
			if (turn !== 'waits' && progress.index <= 0) {
				progress.phaseStartedAt = Math.max(progress.phaseStartedAt, turn.since);
			}
			const hooks = {
				emit: (...event: Parameters<RunListener>) => {
					this.onRunEvent(...event);
				},
				phaseBegan: (phase: RunPhase, of: SyncJobRun, at: number) => {
					this.writeLogs(phase, of, at);
				},
			};
			const goesOn = run && advanceRun(run, progress, now, hooks, turn === 'waits');
			if (!goesOn) this.progress.delete(id);
		}
	}

	/** All runs, latest `created_at` first. */
	runsNewestFirst(): SyncJobRun[] {
		if (this.newestFirst?.length !== this.runs.size) {
			this.newestFirst = [...this.runs.values()].sort((a, b) => {
				if (a.created_at !== b.created_at) return a.created_at < b.created_at ? 1 : -1;
				return a.id < b.id ? 1 : -1;
			});
		}
		return this.newestFirst;
	}

	private follow(run: SyncJobRun, script: readonly RunPhase[]): void {
		this.progress.set(run.id, progressFrom(script, Date.parse(run.created_at)));
		this.advance();
	}

	private put(run: SyncJobRun): void {
		this.runs.set(run.id, run);
		this.newestFirst = undefined;
	}

	private writeLogs(phase: RunPhase, run: SyncJobRun, at: number): void {
		for (const log of phaseLogs(phase, at)) {
			const entry = this.addLog({ ...log, sync_job_run_id: run.id });
			if (entry.sync_job_run_event !== 'record_error') continue;
			this.onRunEvent('record_error', run, at, () => recordErrorPayload(run, entry));
		}
	}

	private nowText(): string {
		return new Date(this.clock.now()).toISOString();
	}
}
