/** This many characters of a secret in a row give it away. */
const SHORTEST_PART = 8;

/**
 * Makes a function that masks a secret in texts: every part of it, of 8 characters or more, becomes
 * asterisks. That way, what is left of a secret that was cut or escaped is masked, too. Its URL-encoded
 * form is masked as well; other encodings of it, such as Base64, are not.
 */
export function maskFor(secret: string): (text: string) => string {
	if (secret === '') return (text) => text;
	const forms = [...new Set(formsOf(secret))].map(partsOf);
	return (text) => mask(text, forms);
}

/**
 * A secret as it is, and URL-encoded: by JavaScript, as in a form, or strictly, with the codes in either
 * letter case.
 */
function formsOf(secret: string): string[] {
	// encodeURIComponent can't take half of a surrogate pair.
	const encoded = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\uFFFD'));
	const inForm = new URLSearchParams({ '': secret }).toString().slice(1);
	const urlEncoded = [encoded, inForm, inForm.replace(/\+/g, '%20')];
	const lowerCase = urlEncoded.map((form) => form.replace(/%../g, (code) => code.toLowerCase()));
	return [secret, ...urlEncoded, ...lowerCase];
}

/** The parts of a text that give it away, all of the same length. */
interface Parts {
	texts: Set<string>;
	length: number;
}

function partsOf(text: string): Parts {
	const length = Math.min(SHORTEST_PART, text.length);
	const texts = new Set<string>();
	for (let at = 0; at + length <= text.length; at++) texts.add(text.slice(at, at + length));
	return { texts, length };
}

function mask(text: string, forms: Parts[]): string {
	let masked = '';
	let maskedUpTo = 0;
	for (let at = 0; at < text.length; at++) {
		for (const { texts, length } of forms) {
			if (texts.has(text.slice(at, at + length))) maskedUpTo = Math.max(maskedUpTo, at + length);
		}
		masked += at < maskedUpTo ? '*' : text.charAt(at);
	}
	return masked;
}
