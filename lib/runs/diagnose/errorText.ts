/** What the text of an error contains, apart from what is no evidence. */
export interface ErrorText {
	/** Numbers from 400 to 599 that the text calls an HTTP status. */
	statuses: number[];
	/** Error codes such as `REQUEST_LIMIT_EXCEEDED` and `userRateLimitExceeded`, as words in lower case. */
	codes: string[];
	/** The text in lower case. */
	words: string;
}

/** A number or a word in one of these is no evidence: it is part of a name. */
const NAMES: readonly RegExp[] = [
	/<[^<>]*>/g,
	/\bhttps?:\/\/[^\s"'<>]+/gi,
	/\S+@\S+/g,
	// Paths: with a slash in front, more than one slash, or a method behind them.
	/(?<![\w/])\/[\w%{}.:~-]+(?:\/[\w%{}.:~-]*)*/g,
	/\b(?!HTTP\/)[\w-]+(?:\/[\w-]+){2,}/g,
	/\b[\w-]+\/[\w-]+#\w+/g,
	/\b(?:for|of|from|at|resource|fetch(?:ing)?|read(?:ing)?|load(?:ing)?|list(?:ing)?|sync(?:ing)?) [\w-]+\/[\w-]+/gi,
	/\b[\w-]+(?:\.[\w-]+)*\.(?:csv|docx?|gif|html?|jpe?g|js|json|log|pdf|php|png|txt|xlsx?|xml|ya?ml|zip)\b/gi,
	/\b(?:resource|object|entity|type|table|column|field|attribute|file|folder|property|sheet) (["'`]).*?\1/gi,
	// What a number counts, such as `500 records`.
	/\b\d+ (?:\w+ )?(?:records?|rows?|items?|entries|pages?|objects?|files?|contacts?|ms|seconds?)\b/gi,
];

const STATUS = '["\'(]?([45]\\d\\d)\\b';

/** How a text calls a number a status. */
const CALLED_STATUS: readonly RegExp[] = [
	new RegExp(
		`(?<![a-z])(?:http[ _-]?)?status(?:[ _-]?code)?["']?\\s*(?:[:=–-]|is|was|of)?\\s*${STATUS}`,
		'gi',
	),
	new RegExp(`(?<![a-z])(?:error|http|response)?[ _-]?code["']?\\s*[:=]?\\s*${STATUS}`, 'gi'),
	new RegExp(`\\bHTTP(?:/\\d(?:\\.\\d)?)?(?:\\s+(?:error|response))?\\W{0,3}${STATUS}`, 'gi'),
	new RegExp(`\\berror\\W{1,2}${STATUS}`, 'gi'),
	new RegExp(`\\b(?:answered|responded|replied)(?: with)?(?: an?)? ${STATUS}`, 'gi'),
	/(?:error|exception|fail(?:ed|ure)?|unauthori[sz]ed|forbidden|denied|gateway|unavailable|requests|time-?out|server!?)\s*\(([45]\d\d)\)/gi,
	// With its standard words, as in the first line of an HTTP response.
	/\b([45]\d\d)\b\W{0,3}(?:bad request|unauthori[sz]ed|forbidden|not found|too many requests|internal server error|bad gateway|service unavailable|gateway time)/gi,
	/^\W{0,2}([45]\d\d)\b(?:\s*[:–-]|\.\s)/g,
];

/** `SOME_CODE`, `some_code`, `someCode` or `SomeCode`. */
const CODE =
	/\b(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[A-Za-z]+[a-z][A-Z]\w+)\b/g;

/**
 * Takes the text of an error apart.
 *
 * @param resource the resource that the error is about: its name is no evidence
 */
export function readErrorText(text: string, resource: string | null): ErrorText {
	const own = resource?.includes('/') ? text.replaceAll(resource, ' ') : text;
	const named = NAMES.reduce((rest, name) => rest.replace(name, ' '), own);
	const statuses = CALLED_STATUS.flatMap((called) =>
		[...named.matchAll(called)].map(([, status]) => Number(status)),
	);
	// The names of JSON fields and HTTP headers aren't evidence either.
	const values = named.replace(/"[\w.:-]+"\s*:|\bx-[\w-]+:\s*\S+/gi, ' ');
	return {
		statuses: [...new Set(statuses)],
		codes: (values.match(CODE) ?? []).map(inWords),
		words: values.toLowerCase().replaceAll('’', "'"),
	};
}

/** `userRateLimitExceeded` as `user rate limit exceeded`. */
function inWords(code: string): string {
	return code
		.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
		.replaceAll('_', ' ')
		.toLowerCase();
}
