import { textOrNull, type Json } from '../../json';
import { jsonText } from '../../text';
import { timestamp, utcTime } from '../../truto/timestamp';
import { secondsSinceUpdate } from '../runProgress';
import { evidenceOf } from './causeOf';
import type { Evidence, Known } from './diagnosis';
import type { Facts } from './facts';
import type { Finding } from './finding';

/** The evidence for a finding: the fields that were read, and what they said. */
export function evidenceFor(known: Known, facts: Facts, finding: Finding): Evidence[] {
	return [
		...ofRun(known, facts, finding),
		...ofLogs(facts, finding),
		...ofAccount(facts, finding),
		...ofDeliveries(facts),
	];
}

function ofRun(
	known: Known,
	{ run, job, fetched, persisted }: Facts,
	finding: Finding,
): Evidence[] {
	const list: Evidence[] = [item('run', 'status', run.status ?? null)];
	const { version = null } = run;
	const ofJob = job.default_runtime_version ?? null;
	if (version !== null) list.push(item('run', 'version', version));
	else if (ofJob !== null) list.push(item('job', 'default_runtime_version', ofJob));
	if (!Number.isNaN(timestamp(run.finished_at))) {
		list.push(item('run', 'finished_at', utcTime(run.finished_at)));
	}
	if (finding.verdict === 'stuck' || finding.verdict === 'running') {
		const seconds = secondsSinceUpdate(run, known.now);
		const age = seconds === null ? '' : ` (${seconds} seconds ago)`;
		list.push(item('run', 'updated_at', `${utcTime(run.updated_at) ?? 'unknown'}${age}`));
	}
	list.push(
		item(
			'run',
			'resource_stats',
			`fetched ${fetched ?? 'unknown'}, persisted ${persisted ?? 'unknown'}`,
		),
	);
	return list;
}

function ofLogs({ errors, entries, resumesAt }: Facts, { telling, cause }: Finding): Evidence[] {
	const list: Evidence[] = [];
	if (telling) {
		const { field, value } = evidenceOf(telling);
		list.push(item('logs', field, value));
		if (telling.webhookStatus !== null)
			list.push(item('logs', 'webhook_status', telling.webhookStatus));
		if (field !== 'logs' && telling.message !== null)
			list.push(item('logs', 'logs', telling.message));
	}
	if (cause === 'rate_limit' && !Number.isNaN(resumesAt)) {
		const pause = entries.filter(({ retryAfter }) => retryAfter !== null).at(-1);
		list.push(item('logs', 'retry_after', pause?.retryAfter ?? null));
	}
	if (errors.length > 1) list.push(item('logs', 'errors', errors.length));
	return list;
}

function ofAccount({ account }: Facts, { cause }: Finding): Evidence[] {
	if (account === null) return [];
	const list = [item('account', 'status', account.status ?? null)];
	if (textOrNull(account.last_error))
		list.push(item('account', 'last_error', account.last_error ?? null));
	if (cause === 'missing_scopes' && account.last_forbidden_error) {
		list.push(item('account', 'last_forbidden_error', account.last_forbidden_error));
	}
	return list;
}

function ofDeliveries({ refusals }: Facts): Evidence[] {
	const last = refusals.at(-1);
	if (!last?.webhookStatus) return [];
	return [item('deliveries', 'webhook_endpoint_status', last.webhookStatus)];
}

function item(source: Evidence['source'], field: string, value: Json): Evidence {
	return { source, field, value: jsonText(value, 300) };
}
