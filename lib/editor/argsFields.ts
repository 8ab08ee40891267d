import type {
	FieldType,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';

import type { TrutoClient } from '../transport/client';
import { fetchSyncJob } from '../api/syncJobs';
import { clientFor, EDITOR } from '../n8n/clients';
import { toNodeError } from '../n8n/nodeError';
import { syncJobProperty } from '../parameters/locators';
import { readOptionalId } from '../parameters/readId';
import { accountArgument, argFields, type ArgField, type ArgFormat } from '../syncJobs/argsSchema';
import { cutWords } from '../text';
import { SYNC_JOB } from '../truto/kinds';
import type { SyncJob } from '../truto/syncJob';
import { accountList, WEBHOOKS } from './lists';
import { searchPages, type SearchList } from './search';

const FIELD_TYPES: Record<string, FieldType> = {
	string: 'string',
	number: 'number',
	integer: 'number',
	boolean: 'boolean',
	array: 'array',
	object: 'object',
};

/** n8n cuts longer ones, and has no other place for a description. */
const LONGEST_LABEL = 50;

/** The choices of arguments that name a thing of Truto, by format. */
type Choices = Partial<Record<ArgFormat | '', INodePropertyOptions[]>>;

/** The fields of *Arguments*: one for each argument in the chosen sync job's `args_schema`. */
export async function getArgsFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	try {
		const id = readOptionalId(this.getCurrentNodeParameter(syncJobProperty.name), SYNC_JOB);
		if (id === undefined) return { fields: [], emptyFieldsNotice: 'Choose a sync job first' };
		const client = await clientFor(this, EDITOR);
		const job = await fetchSyncJob(client, id);
		const fields = argFields(job);
		const choices = await choicesFor(client, job, fields);
		return {
			fields: fields.map((field) => mapperField(field, choices, accountArgument(job))),
			emptyFieldsNotice: 'This sync job takes no arguments',
		};
	} catch (error) {
		throw toNodeError(error, this.getNode());
	}
}

async function choicesFor(client: TrutoClient, job: SyncJob, fields: ArgField[]): Promise<Choices> {
	const has = (format: ArgFormat) => fields.some((field) => field.format === format);
	const accounts = accountList(job.integrationName ?? undefined);
	const [ofAccounts, ofWebhooks] = await Promise.all([
		has('integrated_account_id') ? firstChoices(client, accounts) : [],
		has('webhook_id') ? firstChoices(client, WEBHOOKS) : [],
	]);
	return { integrated_account_id: ofAccounts, webhook_id: ofWebhooks };
}

/** The first hundred. If they can't be read, there are none, and people have to enter the id. */
async function firstChoices<Thing>(
	client: TrutoClient,
	list: SearchList<Thing>,
): Promise<INodePropertyOptions[]> {
	try {
		return (await searchPages(client, list, undefined)).results;
	} catch {
		return [];
	}
}

function mapperField(
	field: ArgField,
	choices: Choices,
	accountArg: string | null,
): ResourceMapperField {
	const listed = choices[field.format ?? ''] ?? [];
	const values = field.values.map((value) => ({ name: String(value), value: String(value) }));
	const options = values.length > 0 ? values : listed;
	// The account of the run fills its argument, so that may stay empty.
	const isRequired = field.required && field.default === undefined && field.name !== accountArg;
	return {
		id: field.name,
		displayName: label(field),
		required: isRequired,
		defaultMatch: false,
		display: true,
		type: options.length > 0 ? 'options' : fieldType(field),
		...(options.length > 0 ? { options } : {}),
		...defaultOf(field, isRequired),
	};
}

/** Only the description is cut: the name is what people look for. */
function label({ name, description }: ArgField): string {
	return description ? cutWords(`${name}: ${description}`, LONGEST_LABEL, name.length) : name;
}

function fieldType({ type, format }: ArgField): FieldType {
	if (format === 'date' || format === 'updated_at') return 'dateTime';
	return FIELD_TYPES[type] ?? 'string';
}

/** Without this, a switch that nobody has touched would send false. null sends nothing. */
function defaultOf(
	{ default: value, type, values }: ArgField,
	isRequired: boolean,
): Pick<ResourceMapperField, 'defaultValue'> {
	if (value === undefined) return type === 'boolean' && !isRequired ? { defaultValue: null } : {};
	if (values.length > 0) return { defaultValue: String(value) };
	return {
		defaultValue: typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
	};
}
