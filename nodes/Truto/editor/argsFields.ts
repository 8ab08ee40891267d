import type { FieldType, ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { fetchSyncJob } from '../../../lib/api/syncJobs';
import { clientFor, EDITOR } from '../../../lib/n8n/clients';
import { syncJobProperty } from '../../../lib/parameters/locators';
import { readOptionalId } from '../../../lib/parameters/readId';
import { argFields } from '../../../lib/syncJobs/argsSchema';
import { SYNC_JOB } from '../../../lib/truto/kinds';

const FIELD_TYPES: Record<string, FieldType> = {
	string: 'string',
	number: 'number',
	integer: 'number',
	boolean: 'boolean',
	array: 'array',
	object: 'object',
};

/** The fields of *Arguments*: one for each argument in the chosen sync job's `args_schema`. */
export async function getArgsFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const id = readOptionalId(this.getCurrentNodeParameter(syncJobProperty.name), SYNC_JOB);
	if (id === undefined) return { fields: [], emptyFieldsNotice: 'Choose a sync job first' };
	const job = await fetchSyncJob(await clientFor(this, EDITOR), id);
	return {
		fields: argFields(job).map((field) => ({
			id: field.name,
			displayName: field.description ? `${field.name}: ${field.description}` : field.name,
			required: field.required && field.default === undefined,
			defaultMatch: false,
			display: true,
			type: field.values.length > 0 ? 'options' : (FIELD_TYPES[field.type] ?? 'string'),
			options: field.values.map((value) => ({ name: String(value), value: String(value) })),
		})),
		emptyFieldsNotice: 'This sync job takes no arguments',
	};
}
