/** So many characters of a secret in a row give it away. */
const LENGTH = 8;

/** A part of a secret that a text gives away; undefined if there is none. */
export function partOf(secret: string, text: string): string | undefined {
	for (let at = 0; at + LENGTH <= secret.length; at++) {
		const part = secret.slice(at, at + LENGTH);
		if (text.includes(part)) return part;
	}
	return undefined;
}
