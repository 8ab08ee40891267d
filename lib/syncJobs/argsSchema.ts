import { isBlank } from '../given';
import { isJsonRecord, parseJson, textOrNull, type Json, type JsonRecord } from '../json';
import type { SyncJob } from '../truto/syncJob';

/**
 * What an argument refers to, so that people can choose it instead of typing it. Truto's dashboard has a
 * picker for each of those of version 4; `date-time` is JSON schema's.
 */
const ARG_FORMATS = [
	'integrated_account_id',
	'webhook_id',
	'datastore_id',
	'date',
	'updated_at',
	'date-time',
] as const;

export type ArgFormat = (typeof ARG_FORMATS)[number];

/** One argument that a sync job takes. */
export interface ArgField {
	name: string;
	/** Of JSON schema: `string`, `number`, `integer`, `boolean`, `array`, `object`. */
	type: string;
	/** What the value refers to; null for any other format, or for none. */
	format: ArgFormat | null;
	required: boolean;
	description: string | null;
	default: Json | undefined;
	/** The values it may have, with their JSON types; empty if any value is allowed. */
	values: Json[];
}

/**
 * The arguments in a sync job's `args_schema`, in its order. Both shapes are read: that of versions 1 to
 * 3, `{ "type": "object", "properties": { name: {...} } }`, and the flat one of version 4, `{ name:
 * {...} }`. Truto marks each required argument; JSON schema lists them beside `properties`. Both count.
 */
export function argFields({ argsSchema: schema }: SyncJob): ArgField[] {
	const listed = Array.isArray(schema.required) ? schema.required : [];
	return argEntries(schema).map(([name, value]) => {
		const field = isJsonRecord(value) ? value : {};
		return {
			name,
			type: typeOf(field.type),
			format: ARG_FORMATS.find((format) => format === field.format) ?? null,
			required: field.required === true || listed.includes(name),
			description: textOrNull(field.description),
			default: field.default,
			values: Array.isArray(field.enum) ? field.enum : [],
		};
	});
}

function argEntries(schema: JsonRecord): Array<[string, Json]> {
	const { type, properties } = schema;
	// A flat schema may have arguments named `type` and `properties`: those are objects with a type.
	const isNested =
		type === 'object' || (isJsonRecord(properties) && typeof properties.type !== 'string');
	if (isNested) return Object.entries(isJsonRecord(properties) ? properties : {});
	return Object.entries(schema).filter(([, value]) => isJsonRecord(value));
}

/** JSON schema also allows a list of types, such as `["string", "null"]`. */
function typeOf(type: Json | undefined): string {
	const types = [type].flat().filter((one) => one !== 'null');
	return textOrNull(types[0]) ?? 'string';
}

/** The names of the required arguments that are not given and have no default. */
export function missingArgs(job: SyncJob, args: JsonRecord): string[] {
	return argFields(job)
		.filter((field) => field.required && field.default === undefined)
		.map(({ name }) => name)
		.filter((name) => !Object.hasOwn(args, name) || isBlank(args[name]));
}

/**
 * The argument that takes the integrated account of the run.
 *
 * @returns null if no argument, or more than one, has this format
 */
export function accountArgument(job: SyncJob): string | null {
	const [field, ...others] = argFields(job).filter(
		({ format }) => format === 'integrated_account_id',
	);
	return field && others.length === 0 ? field.name : null;
}

/**
 * Arguments with the JSON types that the schema asks for, because n8n's fields and expressions give
 * texts. `"50"` becomes 50 for a number, or for a choice of the number 50. Anything that doesn't fit the
 * schema stays as it is, so that Truto can say what is wrong with it.
 *
 * @returns a copy, with all arguments that were given
 */
export function typedArgs(job: SyncJob, args: JsonRecord): JsonRecord {
	const fields = new Map(argFields(job).map((field) => [field.name, field]));
	// fromEntries defines own properties, so an argument named `__proto__` changes no prototype.
	return Object.fromEntries(
		Object.entries(args).map(([name, value]) => {
			const field = fields.get(name);
			return [name, field ? typedValue(field, value) : value];
		}),
	);
}

function typedValue({ type, values }: ArgField, value: Json): Json {
	if (values.includes(value)) return value;
	if (typeof value === 'string') {
		const choice = values.find((one) => one !== null && JSON.stringify(one) === value);
		if (choice !== undefined) return choice;
		const parsed = type === 'string' ? undefined : parseJson(value);
		if (parsed !== undefined && isOfType(parsed, type)) return parsed;
		return value;
	}
	// A number that is too large for JavaScript is an object that can't be turned into a text.
	return typeof value === 'object' ? value : (values.find((one) => one === String(value)) ?? value);
}

function isOfType(value: Json, type: string): boolean {
	// A number that is too large to be exact stays a text, to keep the digits as typed.
	if (type === 'integer') return Number.isSafeInteger(value);
	if (type === 'number') return typeof value === 'number' && Math.abs(value) <= MAX_EXACT;
	if (type === 'array') return Array.isArray(value);
	if (type === 'object') return isJsonRecord(value);
	return typeof value === type;
}

const MAX_EXACT = Number.MAX_SAFE_INTEGER;
