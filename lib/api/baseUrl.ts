import { ExplainedError } from '../explainedError';

/**
 * The credential's Base URL without trailing slashes.
 *
 * @throws {ExplainedError} where it is no http(s) address, or has a query or `#` that would take up the path
 */
export function normalizeBaseUrl(baseUrl: unknown): string {
	const text = String(baseUrl ?? '')
		.trim()
		.replace(/\/+$/, '');
	if (/^https?:\/\/[^/?#\s]+[^?#\s]*$/i.test(text) && URL.canParse(text)) return text;
	throw new ExplainedError(
		`The Base URL of the Truto credential is not a web address: "${text}"`,
		'Set it to https://api.truto.one, or to the address you were given.',
	);
}
