import { isBlankError } from '../../blankError';
import type { Json } from '../../json';
import { countOf, jsonText } from '../../text';
import { secondsSinceUpdate } from '../runProgress';
import { causesOf, evidenceOf } from './causeOf';
import { CAUSE_NAMES, type Evidence } from './diagnosis';
import type { Facts } from './facts';
import type { Finding } from './finding';
import type { Known } from './known';

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
	const list: Evidence[] = [item('run', 'status', run.raw.status ?? null)];
	const { version = null } = run.raw;
	const ofJob = job?.runtimeVersion ?? null;
	if (version !== null) list.push(item('run', 'version', version));
	else if (ofJob !== null) list.push(item('job', 'default_runtime_version', ofJob));
	if (!Number.isNaN(run.finishedAt.ms)) {
		list.push(item('run', 'finished_at', run.finishedAt.text));
	}
	if (finding.verdict === 'stuck' || finding.verdict === 'running') {
		const seconds = secondsSinceUpdate(run, known.now);
		const age = seconds === null ? '' : ` (${countOf(seconds, 'second')} ago)`;
		list.push(item('run', 'updated_at', `${run.updatedAt.text ?? 'unknown'}${age}`));
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

function ofLogs(facts: Facts, { telling, cause }: Finding): Evidence[] {
	const { errors, overcome, entries, resumesAt } = facts;
	const list: Evidence[] = [];
	if (telling) {
		const { field, value } = evidenceOf(telling);
		list.push(item('logs', field, value));
		if (telling.webhookStatus !== null)
			list.push(item('logs', 'webhook_status', telling.webhookStatus));
		if (field !== 'logs' && telling.message !== null)
			list.push(item('logs', 'logs', telling.message));
		const causes = causesOf(telling).map((one) => CAUSE_NAMES[one]);
		if (causes.length > 1) list.push(item('logs', 'possible_causes', causes.join(', ')));
	}
	if (cause === 'rate_limit' && !Number.isNaN(resumesAt)) {
		const pause = entries.filter(({ retryAfter }) => retryAfter !== null).at(-1);
		list.push(item('logs', 'retry_after', pause?.retryAfter ?? null));
	}
	if (errors.length > 1) list.push(item('logs', 'errors', errors.length));
	if (overcome.length > 0) list.push(item('logs', 'errors_overcome', overcome.length));
	return list;
}

function ofAccount({ account }: Facts, { cause }: Finding): Evidence[] {
	if (account === null) return [];
	const list = [item('account', 'status', account.raw.status ?? null)];
	if (typeof account.lastError === 'string' && !isBlankError(account.lastError))
		list.push(item('account', 'last_error', account.lastError));
	const forbidden = account.raw.last_forbidden_error;
	if (cause === 'missing_scopes' && forbidden) {
		list.push(item('account', 'last_forbidden_error', forbidden));
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
