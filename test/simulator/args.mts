import { ApiError } from './errors.mts';
import { argumentsOf, requiredNames } from './job-args.mts';
import type { ArgsSchema, ArgsSchemaProperty, SyncJob } from './types.mts';

/**
 * Checks a run's arguments against its sync job.
 *
 * Unclear: how Truto words it. Documented is that `details.failures` describes each invalid field.
 *
 * @param hasAccount whether the environment has an integrated account of this id
 * @throws ApiError 422
 */
export function checkArgs(
	args: Record<string, unknown>,
	job: SyncJob,
	hasAccount: (id: string) => boolean,
): void {
	const properties = argumentsOf(job);
	const failures = [
		...requiredNames(job)
			// Unclear: whether a default stands in for a required argument. It does here.
			.filter((name) => args[name] === undefined && properties[name]?.default === undefined)
			.map((name) => failure(name, 'is required')),
		...Object.entries(args).flatMap(([name, value]) => {
			const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
			if (property) return checkArg(name, value, property, hasAccount);
			return isClosed(job) ? [failure(name, 'is not an argument of this sync job')] : [];
		}),
	];
	const [first] = failures;
	if (first) {
		const rest = failures.length > 1 ? ` (and ${String(failures.length - 1)} more)` : '';
		throw new ApiError(422, `${first.message}${rest}`, { failures });
	}
	const message = refusal(job.args_validation, args);
	if (message !== undefined) throw new ApiError(422, message);
}

interface Failure {
	field: string;
	message: string;
}

function failure(name: string, what: string): Failure {
	return { field: `args.${name}`, message: `args.${name} ${what}` };
}

function isClosed(job: SyncJob): boolean {
	const { additionalProperties } = job.args_schema as ArgsSchema;
	return job.default_runtime_version < 4 && additionalProperties === false;
}

function checkArg(
	name: string,
	value: unknown,
	{ type, format, enum: choices }: ArgsSchemaProperty,
	hasAccount: (id: string) => boolean,
): Failure[] {
	if (type !== undefined && !hasType(value, type)) {
		return [failure(name, `must be of type ${type}`)];
	}
	if (choices && !choices.includes(value)) {
		return [failure(name, `must be one of ${choices.join(', ')}`)];
	}
	if (format === 'date' && Number.isNaN(Date.parse(String(value)))) {
		return [failure(name, 'must be a date')];
	}
	if (format === 'integrated_account_id' && !hasAccount(String(value))) {
		return [failure(name, 'is not an integrated account of this environment')];
	}
	return [];
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

/** The two forms of `args_validation` that Truto's guides show. */
const VALIDATION = /^\$(firstNonEmpty|exists)\(([\w., ]+)\) \? null : \{ "message": "([^"]*)" \}$/;

/** Whether the simulator can work out an `args_validation`. */
export function isKnownValidation(expression: string | null | undefined): boolean {
	return !expression || VALIDATION.test(expression);
}

function refusal(
	expression: string | null | undefined,
	args: Record<string, unknown>,
): string | undefined {
	if (!expression) return undefined;
	const [, , names = '', message] = VALIDATION.exec(expression) ?? [];
	const holds = names.split(',').some((name) => {
		const value = args[name.trim().replace(/^args\./, '')];
		return value !== undefined && value !== null && value !== '';
	});
	return holds ? undefined : message;
}
