import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { choicesOf, choicesTable, inlineChoices, needsOwnTable } from './choices.mts';

/** Options that all operations have: they have a page of their own. */
const OF_EVERY_OPERATION = ['maxRetries', 'requestsPerTenSeconds'];

const HEAD = ['| Parameter | Default | Meaning |', '| --- | --- | --- |'];

/**
 * The parameters that a node shows for one of its operations, in Markdown: a table, and one more for each
 * parameter with many choices.
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
	const leaves = shown
		.flatMap((property) => leavesOf(property, []))
		.filter(({ property: { name } }) => !OF_EVERY_OPERATION.includes(name));
	if (operation) return toMarkdown(leaves, labelsOf(shown));
	// A trigger is no tool.
	const ofTriggers = leaves.filter(
		({ property: { displayOptions } }) => displayOptions?.show?.['@tool'] === undefined,
	);
	return toMarkdown(
		ofTriggers.map((leaf) => ({ ...leaf, property: withoutTool(leaf.property) })),
		labelsOf(shown),
	);
}

function withoutTool(property: INodeProperties): INodeProperties {
	const { hide, ...displayOptions } = property.displayOptions ?? {};
	return hide && '@tool' in hide ? { ...property, displayOptions } : property;
}

/** The table of the options that every operation has. */
export function sharedOptionsTable({ properties }: INodeTypeDescription): string {
	const options = properties.find(({ name }) => name === 'options');
	const leaves = options ? leavesOf(options, []) : [];
	return toMarkdown(
		leaves.filter(({ property: { name } }) => OF_EVERY_OPERATION.includes(name)),
		new Map(),
	);
}

/** A parameter that people fill in, and the collections it is in. */
interface Leaf {
	property: INodeProperties;
	path: string[];
}

function leavesOf(property: INodeProperties, parents: string[]): Leaf[] {
	if (property.type === 'notice') return [];
	const path = [...parents, property.displayName];
	if (property.type !== 'collection') return [{ property, path }];
	return (property.options ?? []).flatMap((entry) => leavesOf(entry as INodeProperties, path));
}

/** The display names and choices that conditions refer to. */
function labelsOf(shown: INodeProperties[]): Map<string, INodeProperties> {
	return new Map(shown.map((property) => [property.name, property]));
}

function toMarkdown(leaves: Leaf[], labels: Map<string, INodeProperties>): string {
	const rows = leaves.map(({ property, path }) => [
		`**${path.join(' > ')}**`,
		path.length > 1 && isAddedSwitch(property) ? 'on when added' : defaultText(property),
		[meaning(property), condition(property, labels)].filter(Boolean).join(' '),
	]);
	const table = [...HEAD, ...rows.map((cells) => `| ${cells.map(cell).join(' | ')} |`)];
	const lists = leaves
		.filter(({ property }) => needsOwnTable(property))
		.map(({ property }) => `\n${choicesTable(property, cell)}`);
	return [...table, ...lists].join('\n');
}

/** A switch in a collection is off until it is added, but for *Include Names*, which says if it is. */
function isAddedSwitch({ type, name, default: value, description }: INodeProperties): boolean {
	const isOn = name === 'includeNames' && description?.includes('unless you add it') !== true;
	return type === 'boolean' && value === true && !isOn;
}

function defaultText({ type, default: value, options, required }: INodeProperties): string {
	if (type === 'resourceLocator' || type === 'resourceMapper') return required ? 'required' : '';
	if (Array.isArray(value)) {
		return value.map((each) => optionName(options, each)).join(', ');
	}
	if (value === '' && choicesOf(options).length === 0) return required ? 'required' : '';
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	return optionName(options, value);
}

function meaning(property: INodeProperties): string {
	const { description = '', options, type } = property;
	const text = toMarkdownText(description.replace(/\.$/, ''));
	const sentence = text === '' ? '' : `${text}.`;
	if (type !== 'options' && type !== 'multiOptions') return sentence;
	if (needsOwnTable(property)) return `${sentence} The choices are listed below.`;
	return `${sentence} Choices: ${inlineChoices(choicesOf(options))}.`;
}

/** Marks expressions and names of fields as code; elsewhere a star would begin emphasis. */
function toMarkdownText(text: string): string {
	return text
		.split(/(\{\{.*?\}\}|\b[a-z]+(?:_[a-z]+)+\b)/)
		.map((part, index) => (index % 2 === 1 ? `\`${part}\`` : part.replaceAll('*', '\\*')))
		.join('');
}

/** When the panel shows the parameter, as far as that depends on other parameters. */
function condition(
	{ displayOptions }: INodeProperties,
	labels: Map<string, INodeProperties>,
): string {
	const { show = {}, hide = {} } = displayOptions ?? {};
	// In the order of the panel, whatever the order in the code.
	const texts = [...labels.values()].flatMap((other) => {
		const values = show[other.name] ?? show[`/${other.name}`];
		if (values === undefined) return [];
		return [`_${other.displayName}_ is ${valueNames(other, values).join(' or ')}`];
	});
	if ('@tool' in show) texts.unshift('the node is a tool of an AI agent');
	const [last, ...others] = texts.reverse();
	const when = [others.reverse().join(', '), last].filter(Boolean).join(' and ');
	const shown = when === '' ? '' : `Shown when ${when}.`;
	return '@tool' in hide ? `${shown} Not shown in a tool of an AI agent.`.trim() : shown;
}

function valueNames({ options }: INodeProperties, values: unknown[]): string[] {
	return values.map((value) => {
		if (typeof value === 'boolean') return value ? 'on' : 'off';
		return `_${optionName(options, value)}_`;
	});
}

function optionName(options: INodeProperties['options'], value: unknown): string {
	return choicesOf(options).find((each) => each.value === value)?.name ?? String(value);
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replace(/<[^>]+>/g, '');
}
