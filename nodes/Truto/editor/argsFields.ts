import type { FieldType, ILoadOptionsFunctions, ResourceMapperFields } from 'n8n-workflow';

import { SYNC_JOB } from '../../../lib/parameters/locators';
import { argFields } from '../../../lib/syncJobs/argsSchema';
import { parseId } from '../../../lib/parameters/id';
import { EDITOR, plainClient } from '../../../lib/n8n/plainClient';
import { fetchSyncJob } from '../../../lib/api/fetchSyncJob';

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
	const chosen = this.getCurrentNodeParameter(SYNC_JOB.parameter);
	const id = parseId(chosen, SYNC_JOB.noun, SYNC_JOB.collection);
	const job = await fetchSyncJob(await plainClient(this, EDITOR), id);
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
