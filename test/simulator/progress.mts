import { requestsOf } from './resources.mts';
import type { ResourceStats, RunPhase, SyncJobRun } from './types.mts';
import { TERMINAL_STATUSES } from './types.mts';

/** How often a running run's `resource_stats` are updated. */
export const STATS_INTERVAL_MS = 10_000;

/** Where a scripted run stands. */
export interface Progress {
	phases: readonly RunPhase[];
	/** The phase the run is in; -1 before the first. */
	index: number;
	phaseStartedAt: number;
	/** Time spent running in earlier phases: a run that is rate limited fetches nothing meanwhile. */
	ranMs: number;
	nextStatsAt: number;
}

/** The event types of a run, without their prefix. */
export type RunEventName =
	| 'created'
	| 'updated'
	| 'started'
	| 'completed'
	| 'failed'
	| 'deleted'
	| 'record'
	| 'record_error'
	| 'rate_limited';

/** Told about each thing that happens to a run, in order. The payload is the run unless given. */
export type RunListener = (
	event: RunEventName,
	run: SyncJobRun,
	at: number,
	payload?: () => unknown,
) => void;

interface Hooks {
	emit: RunListener;
	/** A phase has begun: its log entries are to be written. */
	phaseBegan(phase: RunPhase, run: SyncJobRun, at: number): void;
}

/** The place before the first phase. */
export function progressFrom(phases: readonly RunPhase[], createdAt: number): Progress {
	return { phases, index: -1, phaseStartedAt: createdAt, ranMs: 0, nextStatsAt: Infinity };
}

/**
 * Brings a scripted run to where it is at `until`, going through everything that has happened on the way.
 * Returns false once nothing more can happen.
 *
 * @param waits the run waits for another one with the same mutex key: it stays `created`
 */
export function advanceRun(
	run: SyncJobRun,
	progress: Progress,
	until: number,
	hooks: Hooks,
	waits = false,
): boolean {
	for (;;) {
		const next = progress.phases[progress.index + 1];
		if (waits && next?.status !== 'created') return true;
		const phaseAt = next ? progress.phaseStartedAt + next.afterMs : Infinity;
		const at = Math.min(phaseAt, progress.nextStatsAt);
		if (at === Infinity) return false;
		if (at > until) return true;
		if (next && phaseAt <= progress.nextStatsAt) beginPhase(run, progress, next, at, hooks);
		else updateStats(run, progress, at, hooks);
	}
}

function beginPhase(
	run: SyncJobRun,
	progress: Progress,
	phase: RunPhase,
	at: number,
	hooks: Hooks,
): void {
	const wasRunning = run.status === 'running' && progress.index >= 0;
	if (wasRunning) {
		progress.ranMs += at - progress.phaseStartedAt;
		// The last numbers are written together with the status that ends the fetching.
		writeStats(run, progress.ranMs, at, hooks);
	}
	progress.index++;
	progress.phaseStartedAt = at;
	progress.nextStatsAt = phase.status === 'running' ? at + STATS_INTERVAL_MS : Infinity;
	const first = run.started_at === null;
	run.status = phase.status;
	run.updated_at = iso(at);
	if (phase.status === 'running') run.started_at ??= iso(at);
	if (TERMINAL_STATUSES.has(phase.status)) run.finished_at = iso(at);
	hooks.phaseBegan(phase, run, at);
	hooks.emit(eventOf(phase.status, first), run, at);
}

function updateStats(run: SyncJobRun, progress: Progress, at: number, hooks: Hooks): void {
	writeStats(run, progress.ranMs + at - progress.phaseStartedAt, at, hooks);
	progress.nextStatsAt = at + STATS_INTERVAL_MS;
	hooks.emit('updated', run, at);
}

function writeStats(run: SyncJobRun, ranMs: number, at: number, hooks: Hooks): void {
	const before = run.resource_stats;
	run.resource_stats = statsAfter(run.resources, ranMs);
	run.updated_at = iso(at);
	for (const { name, resource, method } of requestsOf(run.resources)) {
		const fetched = run.resource_stats[name ?? resource]?.[method]?.fetched ?? 0;
		const known = before?.[name ?? resource]?.[method]?.fetched ?? 0;
		if (fetched > known) {
			hooks.emit('record', run, at, () => recordsPayload(resource, method, known, fetched));
		}
	}
}

/**
 * The counters of a run that has been running for `ranMs`: each resource at its own pace, some with a few
 * records fetched but not persisted.
 */
export function statsAfter(resources: SyncJobRun['resources'], ranMs: number): ResourceStats {
	const stats = new Map<string, [string, Record<string, number>][]>();
	for (const [index, { name, resource, method }] of requestsOf(resources).entries()) {
		const fetched = Math.floor(((3 + ((index * 7) % 11)) * ranMs) / 1_000);
		const persisted = index % 3 === 2 ? Math.max(0, fetched - 2) : fetched;
		const methods = stats.get(name ?? resource) ?? [];
		methods.push([method, { fetched, persisted }]);
		stats.set(name ?? resource, methods);
	}
	// Not by assignment: a resource may be called `__proto__`.
	return Object.fromEntries(
		[...stats].map(([name, methods]) => [name, Object.fromEntries(methods)]),
	);
}

// Documented: `resource`, `records`, `meta`, sometimes `retryAfter`; no id says of which run they are.
// Unclear: what `meta` holds, and how many records come at once.
function recordsPayload(resource: string, method: string, from: number, to: number): unknown {
	return {
		resource,
		records: Array.from({ length: Math.min(to - from, 5) }, (_, offset) => ({
			id: `${resource}-${String(from + offset + 1)}`,
		})),
		meta: { method },
	};
}

function eventOf(status: string, first: boolean): RunEventName {
	switch (status) {
		case 'created':
		case 'completed':
		case 'failed':
		case 'rate_limited':
			return status;
		case 'running':
			return first ? 'started' : 'updated';
		default:
			// No document names an event for `stopped`, nor for a status yet to come.
			return 'updated';
	}
}

function iso(time: number): string {
	return new Date(time).toISOString();
}
