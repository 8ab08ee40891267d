import type { JsonRecord } from '../json';
import type { SyncJob } from '../truto/syncJob';
import { argFields } from './argsSchema';
import { requestResources } from './requestResources';

/**
 * The fields of a sync job that people look at, flat: at most 10, as n8n's guideline for *Simplify* says.
 *
 * @returns `resources`, `arguments` and `required_arguments` are names in one text, such as
 * `crm/contacts, crm/notes`
 */
export function simplifySyncJob(job: SyncJob): JsonRecord {
	const fields = argFields(job);
	return {
		sync_job_label: job.label,
		integration_name: job.integrationName,
		runtime_version: job.runtimeVersion,
		resources: listText(requestResources(job.resources).map(({ resource }) => resource)),
		arguments: listText(fields.map(({ name }) => name)),
		required_arguments: listText(fields.filter(({ required }) => required).map(({ name }) => name)),
		state_key: job.stateKey,
		created_at: job.createdAt.text,
		updated_at: job.updatedAt.text,
		sync_job_id: job.id,
	};
}

function listText(names: string[]): string {
	return [...new Set(names)].join(', ');
}
