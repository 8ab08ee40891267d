import { ExplainedError } from '../explainedError';
import type { Shape } from '../shape';
import { boolean, choice, texts, type Parameter } from './parameter';

const simplify = boolean({
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	displayOptions: { hide: { '@tool': [true] } },
});

/** Every field costs an AI agent tokens, so it gets few of them by default. */
const agentOutput = choice({
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'Raw', value: 'raw', description: 'All fields, as Truto sends them' },
		{ name: 'Selected Fields', value: 'fields', description: 'Some of the fields' },
		{ name: 'Simplified', value: 'simplified', description: 'The fields that matter most' },
	],
	default: 'simplified',
	description: 'How much of the response the agent gets',
	displayOptions: { show: { '@tool': [true] } },
});

const selectedFields = texts({
	displayName: 'Fields',
	name: 'selectedFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. status, finished_at',
	description: 'The names of the fields to return, separated by commas',
	displayOptions: { show: { '@tool': [true], output: ['fields'] } },
});

/** *Simplify*, or for an AI agent *Output*: for every operation that outputs Truto's things. */
export const shape: Parameter<Shape> = {
	properties: [simplify, agentOutput, selectedFields].flatMap(({ properties }) => properties),
	read: (reader) => {
		// Only an agent's tool has this parameter. Everywhere else, Simplify counts.
		if (!agentOutput.properties.some((property) => reader.has(property))) {
			return { kind: simplify.read(reader) ? 'simplified' : 'raw' };
		}
		const kind = agentOutput.read(reader);
		if (kind !== 'fields') return { kind };
		const fields = selectedFields.read(reader);
		if (fields.length > 0) return { kind, fields };
		throw new ExplainedError(
			"No fields are named under 'Fields'",
			'Name at least one, such as status.',
		);
	},
};
