import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { parameterTable, sharedOptionsTable } from './parameterTable.mts';

const BEGIN = '<!-- parameters: written by "npm run docs" -->';
const END = '<!-- end of parameters -->';

/** A page whose table of parameters comes from a node's description. */
interface Page {
	/** From the repository's root. */
	file: string;
	table: string;
}

/** One page for each operation of the node, one for the options that all have, and one for each trigger. */
export function pagesOf(node: INodeTypeDescription, triggers: INodeTypeDescription[]): Page[] {
	return [
		{ file: 'docs/operations/options.md', table: sharedOptionsTable(node) },
		...operationsOf(node).map(({ resource, operation }) => ({
			file: `docs/operations/${kebab(resource)}-${kebab(operation)}.md`,
			table: parameterTable(node, { resource, operation }),
		})),
		...triggers.map((trigger) => ({
			file: `docs/${kebab(trigger.name.replace(/^truto/, ''))}.md`,
			table: parameterTable(trigger),
		})),
	];
}

function operationsOf({ properties }: INodeTypeDescription) {
	return properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options, displayOptions }: INodeProperties) =>
			(options as INodePropertyOptions[]).map(({ value }) => ({
				resource: String(displayOptions?.show?.resource?.[0]),
				operation: String(value),
			})),
		);
}

function kebab(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replace(/^-/, '');
}

/** Where the tables of a page begin and end. */
interface Place {
	text: string;
	begin: number;
	end: number;
}

/** @throws if the page is missing, or has no place for the tables */
function placeIn(root: string, file: string): Place {
	const text = readFileSync(join(root, file), 'utf8');
	const [begin, end] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
	if (begin < BEGIN.length || end < begin)
		throw new Error(`${file} has no place for its parameters: ${BEGIN}`);
	return { text, begin, end };
}

/** What a page holds as its tables, without the spaces and dashes that make the columns equally wide. */
export function tablesIn(root: string, { file }: Page): string {
	const { text, begin, end } = placeIn(root, file);
	return withoutWidths(text.slice(begin, end));
}

/** What it should hold, in the same form. */
export function tablesFor({ table }: Page): string {
	return withoutWidths(table);
}

function withoutWidths(tables: string): string {
	return tables
		.replace(/-{3,}/g, '---')
		.replace(/[ \t]+/g, ' ')
		.trim();
}

/** The text of a page with its tables brought up to date, not formatted. */
export function renewed(root: string, { file, table }: Page): string {
	const { text, begin, end } = placeIn(root, file);
	return `${text.slice(0, begin)}\n\n${table}\n\n${text.slice(end)}`;
}
