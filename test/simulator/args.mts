import { ApiError } from './errors.mts';
import type { ArgsSchema, ArgsSchemaProperty } from './types.mts';

/** Checks a run's arguments against its sync job's `args_schema`; 422 says what is wrong. */
export function checkArgs(args: Record<string, unknown>, schema: ArgsSchema): void {
	const properties = schema.properties ?? {};
	for (const name of requiredNames(schema)) {
		// Unclear: whether a default stands in for a required argument. It does here.
		if (args[name] === undefined && properties[name]?.default === undefined) {
			throw new ApiError(422, `args.${name} is required`);
		}
	}
	for (const [name, value] of Object.entries(args)) {
		const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
		if (property) checkArg(name, value, property);
		else if (schema.additionalProperties === false) {
			throw new ApiError(422, `args.${name} is not an argument of this sync job`);
		}
	}
}

function requiredNames(schema: ArgsSchema): string[] {
	const flagged = Object.entries(schema.properties ?? {})
		.filter(([, { required }]) => required === true)
		.map(([name]) => name);
	return Array.isArray(schema.required) ? [...new Set([...flagged, ...schema.required])] : flagged;
}

function checkArg(name: string, value: unknown, property: ArgsSchemaProperty): void {
	const { type } = property;
	if (type !== undefined && !hasType(value, type)) {
		throw new ApiError(422, `args.${name} must be of type ${type}`);
	}
	if (property.enum && !property.enum.includes(value)) {
		throw new ApiError(422, `args.${name} must be one of ${property.enum.join(', ')}`);
	}
}

function hasType(value: unknown, type: string): boolean {
	switch (type) {
		case 'integer':
			return Number.isInteger(value);
		case 'array':
			return Array.isArray(value);
		case 'object':
			return typeof value === 'object' && value !== null && !Array.isArray(value);
		default:
			return typeof value === type;
	}
}
