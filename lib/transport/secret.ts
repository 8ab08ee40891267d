/** This many characters of a secret in a row give it away. */
const SHORTEST_PART = 8;

/**
 * Makes a function that masks a secret in texts: every part of it, of 8 characters or more, becomes
 * asterisks. That way, what is left of a secret that was cut or escaped is masked, too.
 */
export function maskFor(secret: string): (text: string) => string {
	if (secret === '') return (text) => text;
	const length = Math.min(SHORTEST_PART, secret.length);
	const parts = new Set<string>();
	for (let at = 0; at + length <= secret.length; at++) parts.add(secret.slice(at, at + length));
	return (text) => mask(text, parts, length);
}

function mask(text: string, parts: Set<string>, length: number): string {
	let masked = '';
	let maskedUpTo = 0;
	for (let at = 0; at < text.length; at++) {
		if (parts.has(text.slice(at, at + length))) maskedUpTo = at + length;
		masked += at < maskedUpTo ? '*' : text.charAt(at);
	}
	return masked;
}
