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
import { isDateFormat } from '../syncJobs/argTimes';
import { SYNC_JOB } from '../truto/kinds';
import type { SyncJob } from '../truto/syncJob';
import { accountList, DATASTORES, WEBHOOKS } from './lists';
import { searchPages, type SearchList } from './search';

const FIELD_TYPES: Record<string, FieldType> = {
	string: 'string',
	number: 'number',
	integer: 'number',
	array: 'array',
	object: 'object',
};

/** What fits beside n8n's switch for expressions, in a window of 1,360 px. n8n cuts longer labels. */
const LONGEST_LABEL = 27;

/** The choices of arguments that name a thing of Truto, by format. */
type Choices = Partial<Record<ArgFormat | '', INodePropertyOptions[]>>;

/** The fields of *Arguments*: one for each argument in the chosen sync job's `args_schema`. */
export async function getArgsFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	try {
		const id = readOptionalId(this.getCurrentNodeParameter(syncJobProperty.name), SYNC_JOB);
		if (id === undefined) {
			return {
				fields: [],
				emptyFieldsNotice:
					"Choose a sync job to see its arguments. If the job is only known when the workflow runs, set 'Specify Arguments' to 'Using JSON'.",
			};
		}
		const client = await clientFor(this, EDITOR);
		const job = await fetchSyncJob(client, id);
		// 'Integrated Account' fills this one.
		const fields = argFields(job).filter(({ name }) => name !== accountArgument(job));
		const choices = await choicesFor(client, job, fields);
		return {
			fields: fields.map((field) => mapperField(field, choices)),
			emptyFieldsNotice:
				accountArgument(job) === null
					? 'This sync job takes no arguments'
					: 'This sync job takes no arguments but the integrated account',
		};
	} catch (error) {
		throw toNodeError(error, this.getNode());
	}
}

async function choicesFor(client: TrutoClient, job: SyncJob, fields: ArgField[]): Promise<Choices> {
	const firstOf = async <Thing>(format: ArgFormat, list: SearchList<Thing>) =>
		fields.some((field) => field.format === format) ? await firstChoices(client, list) : [];
	const [accounts, webhooks, datastores] = await Promise.all([
		firstOf('integrated_account_id', accountList(job.integrationName ?? undefined)),
		firstOf('webhook_id', WEBHOOKS),
		firstOf('datastore_id', DATASTORES),
	]);
	return { integrated_account_id: accounts, webhook_id: webhooks, datastore_id: datastores };
}

/** How many pages are read to find the first of them. */
const MOST_PAGES = 3;

/** The first hundred. If they can't be read, there are none, and people have to enter the id. */
async function firstChoices<Thing>(
	client: TrutoClient,
	list: SearchList<Thing>,
): Promise<INodePropertyOptions[]> {
	try {
		return (await searchPages(client, { ...list, mostPages: MOST_PAGES }, undefined)).results;
	} catch {
		return [];
	}
}

/** Every field begins with what is sent if nobody touches it: its default, or nothing. */
function mapperField(field: ArgField, choices: Choices): ResourceMapperField {
	const options = optionsOf(field, choices);
	return {
		id: field.name,
		displayName: label(field),
		required: field.required,
		defaultMatch: false,
		display: true,
		type: options.length > 0 ? 'options' : fieldType(field),
		...(options.length > 0 ? { options } : {}),
		...defaultOf(field, options.length > 0),
	};
}

/**
 * The choices of a field. A switch of n8n's can't say that nothing is sent, so true and false are choices,
 * too. Values are texts, as in n8n's own lists: `typedArgs` knows what they stand for.
 */
function optionsOf(field: ArgField, choices: Choices): INodePropertyOptions[] {
	if (field.values.length > 0) {
		return field.values.map((value) => ({ name: String(value), value: String(value) }));
	}
	if (field.type !== 'boolean') return choices[field.format ?? ''] ?? [];
	const description = field.description === null ? {} : { description: field.description };
	return [
		{ name: 'True', value: 'true', ...description },
		{ name: 'False', value: 'false' },
	];
}

/** n8n has no other place for a description, so it follows the name if there is room for all of it. */
function label({ name, description, required }: ArgField): string {
	const marked = required ? `${name} *` : name;
	if (description === null) return marked;
	const described = `${marked}: ${description}`;
	return described.length <= LONGEST_LABEL ? described : marked;
}

function fieldType({ type, format }: ArgField): FieldType {
	return isDateFormat(format) ? 'dateTime' : (FIELD_TYPES[type] ?? 'string');
}

function defaultOf(
	{ default: value }: ArgField,
	isChoice: boolean,
): Pick<ResourceMapperField, 'defaultValue'> {
	if (value === undefined || value === null) return {};
	if (isChoice) return { defaultValue: String(value) };
	return { defaultValue: typeof value === 'object' ? JSON.stringify(value) : value };
}
