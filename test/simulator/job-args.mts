import type { ArgsSchema, ArgsSchemaProperty, SyncJob } from './types.mts';

/** The argument, and the format, in which V4 jobs take their account. */
export const ACCOUNT_ARGUMENT = 'integrated_account_id';

/** The arguments of a sync job, whichever shape its `args_schema` has. */
export function argumentsOf(job: SyncJob): Record<string, ArgsSchemaProperty> {
	if (job.default_runtime_version >= 4)
		return job.args_schema as Record<string, ArgsSchemaProperty>;
	return (job.args_schema as ArgsSchema).properties ?? {};
}

/** The names of the arguments that a job cannot do without. */
export function requiredNames(job: SyncJob): string[] {
	const flagged = Object.entries(argumentsOf(job))
		.filter(([, { required }]) => required === true)
		.map(([name]) => name);
	const { required } = job.args_schema as ArgsSchema;
	return job.default_runtime_version < 4 && Array.isArray(required)
		? [...new Set([...flagged, ...required])]
		: flagged;
}

/** The account that a run's arguments name, if its V4 job takes one. */
export function accountOfArgs(job: SyncJob, args: Record<string, unknown>): string | undefined {
	if (job.default_runtime_version < 4) return undefined;
	const [name] =
		Object.entries(argumentsOf(job)).find(([, { format }]) => format === ACCOUNT_ARGUMENT) ?? [];
	const value = name === undefined ? undefined : args[name];
	return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A key such as `{{args.integrated_account_id}}`, filled in. Undefined if something is missing. */
export function filledKey(
	template: string | null | undefined,
	args: Record<string, unknown>,
): string | undefined {
	if (!template) return undefined;
	let missing = false;
	const key = template.replace(/\{\{args\.(\w+)\}\}/g, (_, name: string) => {
		const value = args[name];
		missing ||= typeof value !== 'string' || value === '';
		return String(value);
	});
	return missing ? undefined : key;
}
