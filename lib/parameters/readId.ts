import { ExplainedError } from '../explainedError';
import { isBlank } from '../given';
import { isJsonRecord } from '../json';
import { quote } from '../text';
import { withArticle, type Kind } from '../truto/kinds';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

const ONLY_UUID = new RegExp(`^${UUID.source}$`, 'i');

/** What expressions and AI agents write when they have nothing. */
const NOTHING = ['undefined', 'null', 'none', 'nan'];

/** Far longer than a UUID. */
const LONGEST_ID = 200;

/** Anything that ends a path segment, starts a query or can't stand in a URL. */
const NOT_IN_A_SEGMENT = /[/\\?#\s\p{Cc}\p{Cs}]/u;

/**
 * The id in a parameter that points to one thing.
 *
 * @param value a resource locator (`{ mode, value }`), or a plain text from an expression or an AI
 * agent. A URL or API path that contains the id also works, in any mode.
 * @returns a UUID in lower case; undefined if nothing is given
 * @throws {ExplainedError} if it is neither an id nor a URL with a UUID in it, also if it is a word for
 * nothing: an optional id that an expression or agent lacks must not be left out without notice
 */
export function readOptionalId(value: unknown, kind: Kind): string | undefined {
	const given = isJsonRecord(value) ? value.value : value;
	if (isBlank(given)) return undefined;
	const text = typeof given === 'object' ? '' : withoutQuotes(String(given));
	if (text === '' && typeof given === 'string') return undefined;
	const isId =
		text !== '' &&
		!isNothing(text) &&
		text.length <= LONGEST_ID &&
		!NOT_IN_A_SEGMENT.test(text) &&
		text !== '.' &&
		text !== '..';
	const id = isId ? text : idInUrl(text, kind);
	// Truto spells UUIDs in lower case. So one that comes in two letter cases is one thing to all that follows.
	if (id !== undefined) return ONLY_UUID.test(id) ? id.toLowerCase() : id;
	throw new ExplainedError(
		`This is not the ID of ${withArticle(kind)}: ${quote(given)}`,
		`Use the ${kind.noun}'s ID, such as 3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64, or a URL that contains it.`,
	);
}

/** Like {@link readOptionalId}. @throws {ExplainedError} also if nothing is given */
export function readId(value: unknown, kind: Kind): string {
	const given = isJsonRecord(value) ? value.value : value;
	const id = isNothing(given) ? undefined : readOptionalId(value, kind);
	if (id !== undefined) return id;
	throw new ExplainedError(
		`No ${kind.noun} selected`,
		`Choose the ${kind.noun} from the list or enter its ID. If you use an expression, it returned nothing for this item: the ID is in '${kind.idField}', or in 'id' if the item is ${withArticle(kind)} as Truto sends it.`,
	);
}

/** AI agents put quotes round an id. */
function withoutQuotes(text: string): string {
	return text
		.trim()
		.replace(/^(["'`])(.*)\1$/s, '$2')
		.trim();
}

function isNothing(value: unknown): boolean {
	return NOTHING.includes(String(value).trim().toLowerCase());
}

/** If there are several UUIDs, the one after the collection's name counts, or else the last. */
function idInUrl(url: string, { collection }: Kind): string | undefined {
	const afterCollection = new RegExp(`${collection}s?/(${UUID.source})`, 'i').exec(url);
	return afterCollection?.[1] ?? url.match(UUID)?.at(-1);
}
