import type { Clock } from './clock.mts';
import { ACCOUNTS, DEFAULT_RUN_SCRIPT, SYNC_JOBS, fixedId } from './constants.mts';
import { advanceRun, progressFrom } from './progress.mts';
import type { Progress, RunListener } from './progress.mts';
import {
	completeAccount,
	completeLog,
	completeRun,
	completeSyncJob,
	completeWebhook,
} from './store-defaults.mts';
import { failureLog } from './failure-logs.mts';
import { TERMINAL_STATUSES } from './types.mts';
import type {
	IntegratedAccount,
	LogEntry,
	RunInput,
	RunPhase,
	SyncJob,
	SyncJobInput,
	SyncJobRun,
	Webhook,
} from './types.mts';

export interface ManyRunsOptions {
	/** Resources per run; default 3. */
	resources?: number;
	/** Default `completed`. */
	status?: string;
	syncJobId?: string;
	/** Distance between the runs' `created_at`; default one second. */
	spacingMs?: number;
}

/** The simulator's data. Tests add and change it here; the routes answer from it. */
export class Store {
	readonly clock: Clock;
	/** Change runs in place or through the methods below; `created_at` only through the methods. */
	readonly runs = new Map<string, SyncJobRun>();
	readonly syncJobs = new Map<string, SyncJob>();
	readonly integratedAccounts = new Map<string, IntegratedAccount>();
	readonly webhooks = new Map<string, Webhook>();
	/** In the order in which they were written. */
	readonly logs: LogEntry[] = [];
	/** The name of a list answer's array: the reference pages disagree. */
	listEnvelope: 'result' | 'results' = 'result';
	/**
	 * What DELETE does to a run that is not finished. Unclear: "stop / delete a run" is all there is.
	 * `remove`: it is gone. `stop`: it stays as `stopped`, and a second DELETE removes it.
	 */
	deleteBehavior: 'remove' | 'stop' = 'remove';
	/** Told about what happens to runs; set by the simulator to send webhooks. */
	onRunEvent: RunListener = () => undefined;

	private readonly scripts = new Map<string, readonly RunPhase[]>();
	private readonly progress = new Map<string, Progress>();
	private readonly texts = new WeakMap<SyncJobRun, string>();
	private newestFirst: SyncJobRun[] | undefined;
	private manyRuns = 0;

	constructor(clock: Clock) {
		this.clock = clock;
	}

	addSyncJob(input: SyncJobInput = {}): SyncJob {
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

	/** Adds a run as it is or, with a `run_script`, one that goes through its states by itself. */
	addRun(input: RunInput = {}): SyncJobRun {
		const job =
			this.syncJobs.get(input.sync_job_id ?? SYNC_JOBS.crm) ??
			this.addSyncJob({ id: input.sync_job_id });
		const accountId = input.integrated_account_id ?? ACCOUNTS.hubspot;
		const run = completeRun(input, job, accountId, this.nowText());
		this.put(run);
		if (input.run_script) {
			this.progress.set(run.id, progressFrom(input.run_script, Date.parse(run.created_at)));
			this.advance();
		}
		return run;
	}

	/** Adds a run that follows its sync job's script, as POST does. */
	startRun(input: RunInput & { sync_job_id: string }): SyncJobRun {
		const script = this.scripts.get(input.sync_job_id) ?? [...DEFAULT_RUN_SCRIPT];
		return this.addRun({ run_script: [...script], ...input });
	}

	/** Adds many finished runs cheaply, for load tests; they can be read and patched, not changed in place. */
	addManyRuns(count: number, options: ManyRunsOptions = {}): string[] {
		const { resources = 3, status = 'completed', spacingMs = 1_000 } = options;
		const job = this.syncJobs.get(options.syncJobId ?? SYNC_JOBS.crm) ?? this.addSyncJob();
		const list = Array.from({ length: resources }, (_, index) => ({
			resource: `crm/resource_${String(index + 1)}`,
			method: 'list',
		}));
		const names = list.map(({ resource }) => resource);
		const newest = this.clock.now();
		const ids: string[] = [];
		for (let index = 0; index < count; index++) {
			const number = ++this.manyRuns;
			const createdAt = new Date(newest - index * spacingMs).toISOString();
			const input: RunInput = {
				id: fixedId('b000', number),
				status,
				resources: list,
				created_at: createdAt,
				resource_stats: Object.fromEntries(
					names.map((name, at) => {
						const fetched = ((number * 31 + at * 17) % 997) + 2;
						return [name, { list: { fetched, persisted: fetched - (at % 3) } }];
					}),
				),
			};
			const run = completeRun(input, job, ACCOUNTS.hubspot, createdAt);
			ids.push(run.id);
			this.runs.set(run.id, Object.freeze(run));
		}
		this.newestFirst = undefined;
		return ids;
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

	/** What DELETE does: see `deleteBehavior`. */
	deleteRun(run: SyncJobRun): void {
		const now = this.clock.now();
		const finished = TERMINAL_STATUSES.has(run.status);
		let last = run;
		if (!finished) {
			const at = new Date(now).toISOString();
			last = this.patchRun(run.id, { status: 'stopped', updated_at: at, finished_at: at });
		}
		if (finished || this.deleteBehavior === 'remove') this.removeRun(run.id);
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
			const goesOn =
				run &&
				advanceRun(run, progress, now, {
					emit: (...event) => {
						this.onRunEvent(...event);
					},
					phaseBegan: (phase, of, at) => {
						this.writeLogs(phase, of, at);
					},
				});
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

	/** A run as JSON; kept for frozen runs, which cannot change. */
	runText(run: SyncJobRun): string {
		if (!Object.isFrozen(run)) return JSON.stringify(run);
		let text = this.texts.get(run);
		if (text === undefined) {
			text = JSON.stringify(run);
			this.texts.set(run, text);
		}
		return text;
	}

	private put(run: SyncJobRun): void {
		this.runs.set(run.id, run);
		this.newestFirst = undefined;
	}

	private writeLogs(phase: RunPhase, run: SyncJobRun, at: number): void {
		const logs = phase.logs ?? (phase.status === 'failed' ? [failureLog('auth')] : []);
		for (const log of logs) {
			const entry = this.addLog({
				timestamp: new Date(at).toISOString(),
				...log,
				sync_job_run_id: run.id,
			});
			if (entry.sync_job_run_event === 'record_error') {
				this.onRunEvent('record_error', run, at, () => ({
					sync_job_run_id: run.id,
					resource: entry.resource,
					errors: entry.logs,
				}));
			}
		}
	}

	private nowText(): string {
		return new Date(this.clock.now()).toISOString();
	}
}
