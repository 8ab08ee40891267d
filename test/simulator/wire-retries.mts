import type { Dialect } from './dialect.mts';
import { errorBody, remoteErrorBody } from './errors.mts';
import type { LogAttempt, LogEntry } from './log-types.mts';

/** D14: an entry and the tries before it, as the dialect shows them, oldest first. */
export function spokenRetries(entry: LogEntry, { retries }: Dialect): LogEntry[] {
	const { attempts = [], ...outcome } = entry;
	switch (retries) {
		case 'outcome':
			return [outcome];
		case 'empty-errors':
			return [{ ...outcome, logs: outcome.logs.map(withEmptyError) }];
		case 'attempts':
		case 'attempts-by-status':
			return [
				...attempts.map((attempt, index) => {
					const before = (attempts.length - index) * 1_000;
					return {
						...outcome,
						...attemptFields(attempt),
						...(retries === 'attempts'
							? { retry_count: index + 1, retry_after: attempt.retry_after ?? null }
							: {}),
						id: `${outcome.id}-${String(index)}`,
						timestamp: new Date(Date.parse(outcome.timestamp) - before).toISOString(),
					};
				}),
				outcome,
			];
	}
}

/** A try to fetch a page, or to deliver it. */
function attemptFields({ status, of = 'app' }: LogAttempt): Partial<LogEntry> {
	if (of === 'webhook') {
		return { webhook_status: status, webhook_successful: false, logs: [] };
	}
	const error = of === 'app' ? remoteErrorBody(status, '') : errorBody(status, '');
	const message = `Request to the integration failed with status ${String(status)}`;
	return {
		status: 'error',
		num_records: 0,
		webhook_status: null,
		webhook_successful: null,
		logs: [{ level: 'error', message, error }],
	};
}

function withEmptyError(log: unknown): unknown {
	const worked = typeof log === 'object' && log !== null && !('error' in log);
	return worked ? { ...log, error: {} } : log;
}
