import type { INodeProperties } from 'n8n-workflow';

import { TrutoError } from '../../../lib/transport/trutoError';
import { ExplainedError } from '../../../lib/explainedError';
import { isBlank } from '../../../lib/given';
import { isJsonRecord, withoutUndefined, type JsonRecord } from '../../../lib/json';
import { accountCheck, syncJobOnce } from '../../../lib/n8n/jobAndAccount';
import type { ItemContext } from '../../../lib/n8n/operation';
import { accountOfJobProperty, optional, syncJobProperty } from '../../../lib/parameters/locators';
import { choice, json, optionalId, type Parameter } from '../../../lib/parameters/parameter';
import { readValue } from '../../../lib/parameters/read';
import { INTEGRATED_ACCOUNT } from '../../../lib/truto/kinds';
import type { Account } from '../../../lib/truto/account';
import type { SyncJob } from '../../../lib/truto/syncJob';
import { checkAgainst, completeArguments, type RunStart } from '../../../lib/syncJobs/startCheck';

/** Not required: a version 4 sync job may take the account as an argument. */
export const accountToSync = optionalId(
	{
		...optional(accountOfJobProperty),
		description:
			"The integrated account to sync: one customer's connection to an integration. If the sync job has an argument for the account, this fills it in.",
	},
	INTEGRATED_ACCOUNT,
);

const specifyArguments = choice({
	displayName: 'Specify Arguments',
	name: 'specifyArgs',
	type: 'options',
	options: [
		{ name: 'Using Fields Below', value: 'fields' },
		{ name: 'Using JSON', value: 'json' },
	],
	default: 'fields',
	description: 'How to specify the arguments of the sync job',
});

const argumentFields: INodeProperties = {
	displayName: 'Arguments',
	name: 'argsFields',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description:
		'The arguments that the sync job takes. Required arguments are already there. Add others as you need them.',
	typeOptions: {
		loadOptionsDependsOn: [`${syncJobProperty.name}.value`],
		resourceMapper: {
			resourceMapperMethod: 'getArgsFields',
			mode: 'add',
			valuesLabel: 'Arguments',
			fieldWords: { singular: 'argument', plural: 'arguments' },
			// Only the required ones are there from the start: what is shown is sent.
			addAllFields: false,
			supportAutoMap: false,
		},
	},
	displayOptions: { show: { specifyArgs: ['fields'] } },
};

const argumentJson = json({
	displayName: 'Arguments (JSON)',
	name: 'args',
	type: 'json',
	default: '{}',
	description: 'The arguments of the sync job as a JSON object',
	displayOptions: { show: { specifyArgs: ['json'] } },
});

/** The arguments of a new run. */
export const jobArguments: Parameter<JsonRecord> = {
	properties: [...specifyArguments.properties, argumentFields, ...argumentJson.properties],
	read: (reader) => {
		if (specifyArguments.read(reader) === 'json') {
			return withoutUndefined(argumentsIn(argumentJson.read(reader), 'Arguments (JSON)'));
		}
		const fields = reader.raw(argumentFields);
		const given = isJsonRecord(fields) ? readValue(fields.value, argumentFields.displayName) : {};
		// A field that was cleared in the panel is not an argument without a value.
		const args = argumentsIn(given, argumentFields.displayName);
		return Object.fromEntries(Object.entries(args).filter(([, value]) => !isBlank(value)));
	},
};

/** @throws {ExplainedError} if the arguments aren't a JSON object */
function argumentsIn(given: unknown, name: string): JsonRecord {
	const args = given ?? {};
	if (isJsonRecord(args)) return args;
	throw new ExplainedError(
		`'${name}' is not a JSON object`,
		'Write the arguments like { "name": "value" }.',
	);
}

/** What is known of the runs of a sync job. */
interface JobToRun extends Omit<RunStart, 'args'> {
	syncJobId: string;
	/** Arguments as people gave them. */
	given: JsonRecord;
}

/** What was found out about runs before they are started. */
export interface CheckedRun {
	args: JsonRecord;
	/** Undefined if the token may not read sync jobs. */
	job?: SyncJob;
	/** Undefined if there is none, or if it has not been read so far: a run doesn't wait for a name. */
	account: () => Account | undefined;
}

/**
 * The arguments for the runs of a sync job, checked against what the job takes.
 *
 * @throws {ExplainedError} if arguments or the account are missing; {@link TrutoError}
 */
export async function checkedArguments(
	{ syncJobId, given, ...start }: JobToRun,
	item: ItemContext,
): Promise<CheckedRun> {
	const { check, read: account } = accountCheck(item, start.accountId);
	const job = await readSyncJob(item, syncJobId);
	if (job === undefined) return { args: given, account };
	const args = completeArguments(job, given, start.accountId, item.timeZone);
	checkAgainst(job, { args, ...start });
	await check(job);
	return { args, job, account };
}

/** undefined if the token may not read sync jobs. It may still start one. @throws {TrutoError} */
async function readSyncJob(item: ItemContext, id: string): Promise<SyncJob | undefined> {
	return await syncJobOnce(item, id).catch((error: unknown) => {
		if (error instanceof TrutoError && error.status === 403) return undefined;
		throw error;
	});
}
