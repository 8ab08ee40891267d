import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

/** Options that all operations have: they stand on a page of their own. */
const OF_EVERY_OPERATION = ['maxRetries', 'requestsPerTenSeconds'];

/** What only an AI agent's tool shows. */
const TOOL_ONLY = (property: INodeProperties): boolean =>
	property.displayOptions?.show?.['@tool'] !== undefined;

/**
 * The table of the parameters that a node shows for one of its operations, in Markdown.
 *
 * @param operation undefined for a trigger, which has none
 */
export function parameterTable(
	description: INodeTypeDescription,
	operation?: { resource: string; operation: string },
): string {
	const shown = description.properties.filter(
		({ name, displayOptions }) =>
			!['resource', 'operation'].includes(name) &&
			(operation === undefined ||
				(displayOptions?.show?.resource?.includes(operation.resource) &&
					displayOptions.show.operation?.includes(operation.operation))),
	);
	const rows = shown.flatMap((property) => rowsOf(property, []));
	return [
		'| Parameter | Default | Meaning |',
		'| --- | --- | --- |',
		...rows.map((cells) => `| ${cells.map(cell).join(' | ')} |`),
	].join('\n');
}

function rowsOf(property: INodeProperties, parents: string[]): string[][] {
	const { displayName, name, type } = property;
	if (OF_EVERY_OPERATION.includes(name) || type === 'notice') return [];
	const path = [...parents, displayName];
	if (type === 'collection') {
		return (property.options ?? []).flatMap((entry) => rowsOf(entry as INodeProperties, path));
	}
	const label = `**${path.join(' > ')}**${TOOL_ONLY(property) ? ' (AI agents)' : ''}`;
	return [[label, defaultText(property), meaning(property)]];
}

function defaultText({ type, default: value, options }: INodeProperties): string {
	if (type === 'resourceLocator' || type === 'resourceMapper') return '';
	if (Array.isArray(value)) {
		return value.map((each) => optionName(options, each)).join(', ');
	}
	if (value === '' && !isChoice(options)) return '';
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return optionName(options, value);
}

function meaning({ description = '', options, type }: INodeProperties): string {
	if (type !== 'options' && type !== 'multiOptions') return description;
	const choices = (options as INodePropertyOptions[]).map(({ name, description: text }) =>
		text === undefined ? `_${name}_` : `_${name}_ (${lowerFirst(text)})`,
	);
	return `${description}: ${choices.join(', ')}`;
}

function optionName(options: INodeProperties['options'], value: unknown): string {
	const option = (options ?? []).find((each) => 'value' in each && each.value === value);
	return option === undefined ? String(value) : option.name;
}

function isChoice(options: INodeProperties['options']): boolean {
	return (options ?? []).some((option) => 'value' in option);
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replace(/<[^>]+>/g, '');
}
