import { failureLog } from './failure-logs.mts';
import type { LogEntry } from './log-types.mts';
import type { RunPhase, SyncJobRun } from './types.mts';

/** The log entries that a phase of a run begins with; a `failed` phase without any gets one. */
export function phaseLogs(phase: RunPhase, at: number): Partial<LogEntry>[] {
	const logs = phase.logs ?? (phase.status === 'failed' ? [failureLog('auth')] : []);
	return logs.map((log) => ({ timestamp: new Date(at).toISOString(), ...log }));
}

/**
 * The payload of a `record_error` event: the error, or with `error_handling: batch` an array of errors.
 *
 * Unclear: what surrounds them. As in `record` events, no id says of which run they are.
 */
export function recordErrorPayload(run: SyncJobRun, entry: LogEntry): unknown {
	const { resource, method, logs } = entry;
	const where = { resource, ...(method === null ? {} : { method }) };
	if (run.error_handling === 'batch') return { ...where, errors: logs };
	return { ...where, error: logs[0] ?? { message: entry.message ?? '' } };
}
