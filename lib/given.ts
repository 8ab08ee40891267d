/** Nothing was entered, or an expression returned nothing. */
export function isBlank(value: unknown): value is undefined | null | '' {
	return (
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
	);
}

/** What JavaScript, expressions and AI agents write when they have no value. */
const NONSENSE = [
	'undefined',
	'null',
	'NaN',
	'[object Object]',
	'Invalid DateTime',
	'Invalid Date',
	'Invalid date',
];

const DEEPEST = 100;

/**
 * The first value in a parameter that makes no sense: NaN, an invalid date, the text `undefined` and the
 * like. As JSON, most of them would become null.
 *
 * @returns the value in words, such as `since is NaN`; undefined if there is none
 */
export function nonsenseIn(value: unknown, path: string[] = []): string | undefined {
	const found = nonsenseText(value);
	if (found !== undefined) return path.length > 0 ? `${path.join('.')} is ${found}` : found;
	if (typeof value !== 'object' || value === null || path.length > DEEPEST) return undefined;
	// A date knows how it is written.
	if ('toJSON' in value && typeof value.toJSON === 'function') return undefined;
	for (const [key, inner] of Object.entries(value)) {
		// A field without a value counts as absent. In a list, it would become null.
		const isAbsent = inner === undefined && !Array.isArray(value);
		const foundInside = isAbsent ? undefined : nonsenseIn(inner, [...path, key]);
		if (foundInside !== undefined) return foundInside;
	}
	return undefined;
}

/** {@link nonsenseIn} of the value itself, without what is in it. */
export function nonsenseText(value: unknown): string | undefined {
	switch (typeof value) {
		case 'string':
			return NONSENSE.find((text) => text === value.trim());
		case 'number':
			return Number.isFinite(value) ? undefined : String(value);
		case 'object':
			return value !== null && isInvalidDate(value) ? 'an invalid date' : undefined;
		case 'boolean':
			return undefined;
		default:
			return typeof value;
	}
}

/** A JavaScript date or one of Luxon's objects, which expressions use. */
function isInvalidDate(value: object): boolean {
	if (Object.prototype.toString.call(value) === '[object Date]') return Number.isNaN(+value);
	return (
		'isValid' in value &&
		value.isValid === false &&
		'toISO' in value &&
		typeof value.toISO === 'function'
	);
}
