import { ExplainedError } from '../explainedError';
import { isJsonRecord } from '../json';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Anything that ends a path segment, starts a query or can't stand in a URL. */
const NOT_IN_A_SEGMENT = /[/\\?#\s\p{Cc}\p{Cs}]/u;

/**
 * The id in a resource locator's value.
 *
 * @param value what n8n gives for the parameter: a locator (`{ mode, value }`), or a plain text where
 * an expression or an AI agent filled the parameter
 * @param what the thing's name for error texts, for example `sync job run`
 * @param collection its collection in the API's paths, for example `sync-job-run`: in a URL with
 * several UUIDs the one behind this name counts, else the last
 * @throws {ExplainedError} for an empty id, a URL without a UUID, or an id that is not one path segment
 */
export function parseId(value: unknown, what: string, collection: string): string {
	const locator = isJsonRecord(value) ? value : { mode: 'id', value };
	const text = String(locator.value ?? '').trim();
	if (text === '') {
		throw new ExplainedError(
			`No ${what} is given`,
			`Choose the ${what} from the list or enter its ID. An expression may have given nothing for this item.`,
		);
	}
	return locator.mode === 'url' ? idFromUrl(text, what, collection) : singleSegment(text, what);
}

/** The path of one thing in the API. The id is encoded, so it can't reach another endpoint. */
export function resourcePath(collection: string, id: string): string {
	return `/${collection}/${encodeURIComponent(id)}`;
}

/** The docs name no page addresses of Truto's own app, so any URL or path with a UUID will do. */
function idFromUrl(url: string, what: string, collection: string): string {
	const afterCollection = new RegExp(`${collection}s?/(${UUID.source})`, 'i').exec(url);
	const id = afterCollection?.[1] ?? url.match(UUID)?.at(-1);
	if (id !== undefined) return id;
	throw new ExplainedError(
		`The URL holds no ID of a ${what}: ${url}`,
		`A ${what}'s ID is a UUID such as 3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64. Copy the whole URL or API path, or enter the ID itself.`,
	);
}

function singleSegment(id: string, what: string): string {
	if (!NOT_IN_A_SEGMENT.test(id) && id !== '.' && id !== '..') return id;
	throw new ExplainedError(
		`This is not the ID of a ${what}: ${id}`,
		'An ID has no slashes, spaces, "?" or "#" in it. To enter a URL or an API path, switch the field to "By URL".',
	);
}
