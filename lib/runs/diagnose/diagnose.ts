import { cutText, jsonText } from '../../text';
import { adviceOn } from './advice';
import { CAUSE_NAMES, type Diagnosis, type ResourceCounts } from './diagnosis';
import { evidenceFor } from './evidence';
import { factsOf, type Facts } from './facts';
import { findingOf, type Finding } from './finding';
import { SOURCES, type Known } from './known';
import { summaryOf } from './summary';

const MOST_RESOURCES = 100;
const MOST_NAMES = 50;
const LONGEST_NAME = 200;

/**
 * Says what is wrong with a run and who has to do what, according to Truto's operator playbook. It works
 * with whatever is known. To be sure, first read what `nextSources` asks for.
 *
 * Never throws, whatever JSON it gets. All texts are of limited length.
 */
export function diagnose(known: Known): Diagnosis {
	const facts = factsOf(known);
	const finding = findingOf(facts);
	const { run, account, label, integrationName, fetched, persisted, resumesAt } = facts;
	const { verdict, cause } = finding;
	const tenantId = account?.tenantId ?? run.tenantId;
	const answer = {
		verdict,
		...adviceOn(known, facts, finding),
		cause,
		cause_name: cause === null ? null : CAUSE_NAMES[cause],
		tenant_id: tenantId === null ? null : cutText(tenantId, LONGEST_NAME),
		sync_job_label: label === null ? null : jsonText(label, LONGEST_NAME),
		integration_name: integrationName === null ? null : cutText(integrationName, LONGEST_NAME),
		status: run.status,
		stopped_at: placeOf(finding),
		fetched,
		persisted,
	};
	return {
		...answer,
		summary: summaryOf({ ...answer, sync_job_run_id: run.id }),
		resources: resourcesOf(facts),
		errors: errorsOf(facts, finding),
		evidence: evidenceFor(known, facts, finding),
		resumes_at:
			cause === 'rate_limit' && !Number.isNaN(resumesAt) ? new Date(resumesAt).toISOString() : null,
		not_checked: SOURCES.filter((source) => known[source] === null),
		sync_job_run_id: run.id,
		sync_job_id: run.syncJobId,
		integrated_account_id: run.integratedAccountId,
	};
}

function placeOf({ stoppedAt }: Finding): Diagnosis['stopped_at'] {
	if (stoppedAt === null) return null;
	const { resource, method } = stoppedAt;
	return {
		resource: cutText(resource, LONGEST_NAME),
		method: method === null ? null : cutText(method, LONGEST_NAME),
	};
}

function resourcesOf({ resources }: Facts): ResourceCounts[] {
	const shown =
		resources.length <= MOST_RESOURCES
			? resources
			: [...resources].sort((a, b) => Number(Boolean(b.dropped)) - Number(Boolean(a.dropped)));
	return shown.slice(0, MOST_RESOURCES).map(({ resource, fetched, persisted, dropped }) => ({
		resource: cutText(resource, LONGEST_NAME),
		fetched,
		persisted,
		dropped,
	}));
}

function errorsOf({ errors }: Facts, { telling }: Finding): Diagnosis['errors'] {
	const byResource = new Map<string, number>();
	for (const { resource } of errors) {
		const known = cutText(resource ?? '(no resource)', LONGEST_NAME);
		const name = byResource.size < MOST_NAMES || byResource.has(known) ? known : '(others)';
		byResource.set(name, (byResource.get(name) ?? 0) + 1);
	}
	const first = telling ?? errors[0] ?? null;
	return {
		count: errors.length,
		first: first?.message ?? null,
		first_at: first?.timestamp ?? null,
		first_resource: first?.resource == null ? null : cutText(first.resource, LONGEST_NAME),
		// fromEntries defines own properties, so a resource named `__proto__` changes no prototype.
		by_resource: Object.fromEntries(byResource),
	};
}
