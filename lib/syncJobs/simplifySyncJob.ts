import { textOrNull, type JsonRecord } from '../json';
import { utcTime } from '../truto/timestamp';
import { argFields } from './argsSchema';
import { jobLabel } from './jobLabel';
import { requestResources } from './requestResources';

/**
 * The fields of a sync job that people look at, flat: at most 10, as n8n's guideline for *Simplify* says.
 *
 * @param job the answer of `GET /sync-job/{id}`
 * @returns `resources`, `arguments` and `required_arguments` are names in one text, such as
 * `crm/contacts, crm/notes`
 */
export function simplifySyncJob(job: JsonRecord): JsonRecord {
	const fields = argFields(job);
	const version = job.default_runtime_version;
	return {
		sync_job_id: textOrNull(job.id),
		label: jobLabel(job),
		integration_name: textOrNull(job.integration_name) || null,
		runtime_version: typeof version === 'number' ? version : null,
		resources: listText(requestResources(job.resources).map(({ resource }) => resource)),
		arguments: listText(fields.map(({ name }) => name)),
		required_arguments: listText(fields.filter(({ required }) => required).map(({ name }) => name)),
		state_key: textOrNull(job.state_key),
		created_at: utcTime(job.created_at),
		updated_at: utcTime(job.updated_at),
	};
}

function listText(names: string[]): string {
	return [...new Set(names)].join(', ');
}
