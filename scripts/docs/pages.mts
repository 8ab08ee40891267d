import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';

import { parameterTable } from './parameterTable.mts';

const BEGIN = '<!-- parameters: written by "npm run docs" -->';
const END = '<!-- end of parameters -->';

/** A page whose table of parameters comes from a node's description. */
interface Page {
	/** From the repository's root. */
	file: string;
	table: string;
}

/** One page for each operation of the node, and one for each trigger. */
export function pagesOf(node: INodeTypeDescription, triggers: INodeTypeDescription[]): Page[] {
	return [
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

/**
 * The text of a page with its table brought up to date.
 *
 * @throws where the page is missing, or has no place for the table
 */
export async function upToDate(root: string, { file, table }: Page): Promise<string> {
	const path = join(root, file);
	const text = readFileSync(path, 'utf8');
	const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
	if (begin < 0 || end < begin)
		throw new Error(`${file} has no place for its parameters: ${BEGIN}`);
	const renewed = `${text.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${text.slice(end)}`;
	return await format(renewed, { ...(await resolveConfig(path)), filepath: path });
}

/** Brings all pages up to date. */
export async function writePages(root: string, pages: Page[]): Promise<void> {
	for (const page of pages) writeFileSync(join(root, page.file), await upToDate(root, page));
}
