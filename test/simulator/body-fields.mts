import { ApiError } from './errors.mts';

/** A request's body, or an object in it. */
export type Body = Record<string, unknown>;

// All of these throw a 400 if the value is of another kind.

/** A request's body, which must be a JSON object. */
export function objectBody(body: unknown): Body {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new ApiError(400, 'The body must be a JSON object');
	}
	return body as Body;
}

/** A text that must be there and not be empty. */
export function requiredText(body: Body, name: string): string {
	const text = optionalText(body, name);
	if (text === undefined || text === '') throw new ApiError(400, `${name} is required`);
	return text;
}

/** A text; undefined for null, too. */
export function optionalText(body: Body, name: string): string | undefined {
	const value = body[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string') throw new ApiError(400, `${name} must be a string`);
	return value;
}

/** A text that is one of some. */
export function optionalChoice(
	body: Body,
	name: string,
	choices: readonly string[],
): string | undefined {
	const value = optionalText(body, name);
	if (value !== undefined && !choices.includes(value)) {
		throw new ApiError(400, `${name} must be one of ${choices.join(', ')}`);
	}
	return value;
}

/** A boolean, by default false. */
export function optionalFlag(body: Body, name: string): boolean {
	const value = body[name] ?? false;
	if (typeof value !== 'boolean') throw new ApiError(400, `${name} must be a boolean`);
	return value;
}

/** An object that must be there. */
export function objectField(body: Body, name: string): Body {
	const value = body[name];
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new ApiError(400, `${name} must be an object`);
	}
	return value as Body;
}

/** Those of some fields that are there, as they are. */
export function pick(body: Body, names: readonly string[]): Body {
	return Object.fromEntries(names.filter((name) => name in body).map((name) => [name, body[name]]));
}
