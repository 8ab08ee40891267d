import { isJsonRecord, textOrNull, type Json, type JsonRecord } from '../json';

/** One argument that a sync job takes. */
export interface ArgField {
	name: string;
	/** Of JSON schema: `string`, `number`, `integer`, `boolean`, `array`, `object`. */
	type: string;
	required: boolean;
	description: string | null;
	default: Json | undefined;
	/** The values it may have; none where any will do. */
	values: Json[];
}

/**
 * The arguments in a sync job's `args_schema`. Truto marks a required one on itself; JSON schema lists
 * them beside `properties`: both are read.
 *
 * @param job the answer of `GET /sync-job/{id}`
 */
export function argFields(job: JsonRecord): ArgField[] {
	const schema = isJsonRecord(job.args_schema) ? job.args_schema : {};
	const listed = Array.isArray(schema.required) ? schema.required : [];
	return Object.entries(isJsonRecord(schema.properties) ? schema.properties : {}).map(
		([name, value]) => {
			const field = isJsonRecord(value) ? value : {};
			return {
				name,
				type: textOrNull(field.type) ?? 'string',
				required: field.required === true || listed.includes(name),
				description: textOrNull(field.description),
				default: field.default,
				values: Array.isArray(field.enum) ? field.enum : [],
			};
		},
	);
}

/** The names of the required arguments that are not given and have no default. */
export function missingArgs(job: JsonRecord, args: JsonRecord): string[] {
	return argFields(job)
		.filter((field) => field.required && field.default === undefined)
		.map(({ name }) => name)
		.filter((name) => !Object.hasOwn(args, name) || args[name] === null || args[name] === '');
}
