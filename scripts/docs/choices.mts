import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** So many choices with explanations still read well in a cell. */
const MOST_INLINE = 4;

/** The choices of a drop-down; none if the entries are the parameters of a collection. */
export function choicesOf(options: INodeProperties['options']): INodePropertyOptions[] {
	return (options ?? []).filter((option): option is INodePropertyOptions => 'value' in option);
}

/** Whether a parameter has too many choices, with explanations, for one cell. */
export function needsOwnTable({ options }: INodeProperties): boolean {
	const choices = choicesOf(options);
	return choices.length > MOST_INLINE && choices.some(({ description }) => description);
}

/** Such as `_Newest First_, _Oldest First_`. */
export function inlineChoices(choices: INodePropertyOptions[]): string {
	return choices
		.map(({ name, description }) =>
			description ? `_${name}_ (${lowerFirst(description)})` : `_${name}_`,
		)
		.join(', ');
}

/** @param cell makes a text fit for a cell */
export function choicesTable(
	{ displayName, options }: INodeProperties,
	cell: (text: string) => string,
): string {
	const rows = choicesOf(options).map(
		({ name, value, description = '' }) =>
			`| ${cell(name)} | \`${String(value)}\` | ${cell(description)} |`,
	);
	return [`| ${displayName} | Value | Meaning |`, '| --- | --- | --- |', ...rows].join('\n');
}

/** As a part of a sentence. */
function lowerFirst(text: string): string {
	return (text.charAt(0).toLowerCase() + text.slice(1))
		.replace(/\.$/, '')
		.replace(/\. ([A-Z])/g, (_, letter: string) => `; ${letter.toLowerCase()}`);
}
