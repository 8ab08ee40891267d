import type { JsonRecord } from './json';
import { cutText } from './text';

/**
 * Slack allows 3,000 characters in a section and 2,000 in a field. Escaping makes texts up to 5 times as
 * long.
 */
const LONGEST_ESCAPED = 400;

/** A block of text in Slack's mark-up. */
export function section(text: string): JsonRecord {
	return { type: 'section', text: markdown(text) };
}

/** A block with small print. */
export function smallPrint(text: string): JsonRecord {
	return { type: 'context', elements: [markdown(text)] };
}

/** `verbatim` keeps Slack from turning names and addresses into links. */
export function markdown(text: string): JsonRecord {
	return { type: 'mrkdwn', text, verbatim: true };
}

/** One line, not too long, in which a name can't become a link or a mention. */
export function escaped(text: string): string {
	return slackText(cutText(text.replace(/\s+/g, ' '), LONGEST_ESCAPED));
}

/** Escapes a text for Slack, so that a name in it can't become a link or a mention. */
export function slackText(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A text for the inside of two asterisks: another one would end the bold type. */
export function bold(text: string): string {
	return escaped(text.replaceAll('*', '∗'));
}
