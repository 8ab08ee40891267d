/** A text of many megabytes must not keep n8n busy for the sake of its first words. */
const LONGEST_TO_READ = 20_000;

/** The text without HTML tags and runs of white space, for quoting a web page in an error. */
export function plainText(text: string): string {
	return text
		.slice(0, LONGEST_TO_READ)
		.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/** The text, with an ellipsis in place of what goes beyond `longest` characters. */
export function cut(text: string, longest: number): string {
	return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** A value as an error quotes it: short, on one line. */
export function quote(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	return cut(plainText(text), 100);
}
