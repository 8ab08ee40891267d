import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { NodeHelpers, type INode, type INodeProperties } from 'n8n-workflow';

import { Truto } from '../../nodes/Truto/Truto.node';
import { TrutoTrigger } from '../../nodes/TrutoTrigger/TrutoTrigger.node';
import { SIMULATED_CHOICES } from '../n8n-host/example-choices.mts';
import { readExampleFiles, type Example } from '../n8n-host/examples.mts';
import type { WorkflowNode } from '../n8n-host/workflow.mts';

const { description: truto } = new Truto();
const DESCRIPTIONS: Record<string, typeof truto> = {
	'n8n-nodes-truto.truto': truto,
	// As n8n itself names a node's tool.
	'n8n-nodes-truto.trutoTool': { ...truto, name: 'trutoTool' },
	'n8n-nodes-truto.trutoTrigger': new TrutoTrigger().description,
};

const examples = readExampleFiles();
const byFile = examples.map((example): [string, Example] => [example.file, example]);
const isOfTruto = ({ type }: WorkflowNode) => type.startsWith('n8n-nodes-truto.');
const ofTruto = ({ workflow }: Example) => workflow.nodes.filter(isOfTruto);
const notesOf = ({ workflow }: Example) =>
	workflow.nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ parameters }) => String(parameters.content));

/** The paths of a node's lists in which nothing is chosen, and of its texts that are left empty. */
function emptyIn(parameters: Record<string, unknown>, prefix = ''): string[] {
	return Object.entries(parameters).flatMap(([name, value]) => {
		if (value === '') return [prefix + name];
		if (typeof value !== 'object' || value === null) return [];
		if ('__rl' in value) return (value as { value?: unknown }).value === '' ? [prefix + name] : [];
		return emptyIn(value as Record<string, unknown>, `${prefix}${name}.`);
	});
}

/** The parameter of this name that the panel shows for the node. */
function shown({ type, typeVersion, parameters }: WorkflowNode, name: string) {
	const description = DESCRIPTIONS[type];
	const values = parameters as INode['parameters'];
	return description?.properties.find(
		(property) =>
			property.name === name &&
			NodeHelpers.displayParameter(values, property, { typeVersion }, description),
	);
}

function entriesOf(property: INodeProperties): string[] {
	return (property.options ?? []).map((option) => option.name);
}

describe('the examples', () => {
	it('have names of their own', () => {
		const names = examples.map(({ workflow }) => workflow.name);
		expect(names.length).toBeGreaterThanOrEqual(20);
		expect(new Set(names).size).toBe(names.length);
		expect(names.filter((name) => !/^Truto: [A-Z]/.test(name))).toEqual([]);
	});

	it('show every operation', () => {
		const used = examples
			.flatMap(ofTruto)
			.map(({ parameters }) => `${String(parameters.resource)}.${String(parameters.operation)}`);
		const operations = truto.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions, options = [] }) =>
				options.map((option) => {
					const [resource] = displayOptions?.show?.resource ?? [];
					return `${String(resource)}.${'value' in option ? String(option.value) : ''}`;
				}),
			);
		expect(operations.length).toBeGreaterThanOrEqual(20);
		expect(operations.filter((operation) => !used.includes(operation))).toEqual([]);
	});

	it('are all named in their README', () => {
		const readme = readFileSync('examples/README.md', 'utf8');
		const linked = [...readme.matchAll(/\((?:templates\/)?([\w-]+\.json)\)/g)].map(
			([, file]) => file,
		);
		expect([...new Set(linked)].sort()).toEqual(examples.map(({ file }) => file).sort());
	});
});

const isTemplate = (file: string) => existsSync(`examples/templates/${file}`);

describe.each(byFile)('%s', (file, example) => {
	const { nodes, connections } = example.workflow;

	it('holds no ids, and nothing that is chosen from a list', () => {
		expect(JSON.stringify(example.workflow)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/i);
	});

	it('sets parameters that the panel shows', () => {
		for (const node of nodes.filter(isOfTruto)) {
			for (const [name, value] of Object.entries(node.parameters)) {
				const property = shown(node, name);
				expect([node.name, name, property?.name]).toEqual([node.name, name, name]);
				if (property?.type !== 'collection') continue;
				expect(entriesOf(property)).toEqual(expect.arrayContaining(Object.keys(value as object)));
			}
		}
	});

	it('leaves open just what the demo fills in', () => {
		const open = nodes
			.filter(isOfTruto)
			.map(({ name, parameters }): [string, string[]] => [name, emptyIn(parameters)])
			.filter(([, paths]) => paths.length > 0);
		const filled = Object.entries(SIMULATED_CHOICES[file] ?? {}).map(
			([name, parameters]): [string, string[]] => [
				name,
				Object.entries(parameters).flatMap(([parameter, value]) =>
					typeof value === 'object' && value !== null && !('__rl' in value)
						? Object.keys(value).map((key) => `${parameter}.${key}`)
						: [parameter],
				),
			],
		);
		expect(Object.fromEntries(open)).toEqual(Object.fromEntries(filled));
	});

	it('says in a note where there is something to choose', () => {
		const notes = notesOf(example).join('\n');
		const bold = [...notes.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name]) => name);
		const names = nodes.map(({ name }) => name);
		expect(bold.filter((name) => !names.includes(name ?? ''))).toEqual([]);
		const toChoose = nodes.filter(
			({ parameters, type }) => !CONDITIONS.includes(type) && emptyIn(parameters).length > 0,
		);
		expect(toChoose.map(({ name }) => name).filter((name) => !bold.includes(name))).toEqual([]);
	});

	it('says in a note in which nodes to choose a credential', () => {
		const sentences = notesOf(example).flatMap((note) => note.split(/(?<=\.)\s/));
		const unsaid = nodes.filter(({ name, credentials }) => {
			if (!credentials) return false;
			const choose = credentials.trutoApi ? /choose your Truto credential/i : /choose/i;
			return !sentences.some((one) => choose.test(one) && one.includes(`**${name}**`));
		});
		expect(unsaid.map(({ name }) => name)).toEqual([]);
	});

	it('polls no faster than Truto updates a run', () => {
		for (const { parameters, type } of nodes) {
			expect(Number(parameters.pollInterval ?? 10)).toBeGreaterThanOrEqual(10);
			if (type === 'n8n-nodes-base.scheduleTrigger') {
				expect(JSON.stringify(parameters)).not.toContain('"seconds"');
			}
		}
	});

	it('can be read by people who write no code', () => {
		if (!isTemplate(file)) return;
		const code = nodes.filter(({ type }) => /\.(code|function|functionItem)$/.test(type));
		expect(code.map(({ name }) => name)).toEqual([]);
		const expressions = JSON.stringify(nodes).match(/\{\{.*?\}\}/g) ?? [];
		expect(expressions.filter((expression) => expression.length > 120)).toEqual([]);
	});

	it('has no node that nothing leads to', () => {
		const targets = Object.values(connections).flatMap(({ main = [] }) => main.flat());
		const reached = new Set(targets.map(({ node }) => node));
		const [first, ...others] = nodes.filter(({ name, type }) => {
			const isSubNode = Object.keys(connections[name] ?? {}).some((kind) => kind.startsWith('ai_'));
			return !type.endsWith('.stickyNote') && !isSubNode;
		});
		expect(first?.type).toMatch(/trigger/i);
		expect(others.map(({ name }) => name).filter((name) => !reached.has(name))).toEqual([]);
	});
});

/** Of these, empty values mean something. */
const CONDITIONS = ['n8n-nodes-base.filter', 'n8n-nodes-base.if'];
