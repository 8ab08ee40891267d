import type { INodeProperties } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import type { Shape } from '../shape';
import type { ParameterReader } from './reader';

const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: false,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	displayOptions: { hide: { '@tool': [true] } },
};

/** Every field costs an AI agent tokens, so it gets few of them by default. */
const agentOutput: INodeProperties = {
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
};

const selectedFields: INodeProperties = {
	displayName: 'Fields',
	name: 'selectedFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. status, finished_at',
	description: 'The names of the fields to return, separated by commas',
	displayOptions: { show: { '@tool': [true], output: ['fields'] } },
};

/** Simplify*, or for an AI agent *Output*: for every operation that outputs Truto's things. */
export const shapeProperties: INodeProperties[] = [simplify, agentOutput, selectedFields];

/** @throws {ExplainedError} if fields are to be selected, but none are named */
export function readShape(parameters: ParameterReader): Shape {
	// Only an agent's tool has this parameter. Everywhere else, Simplify counts.
	if (!parameters.has(agentOutput)) {
		return { kind: parameters.boolean(simplify) ? 'simplified' : 'raw' };
	}
	const kind = parameters.choice(agentOutput);
	if (kind !== 'fields') return { kind: kind === 'raw' ? 'raw' : 'simplified' };
	const fields = parameters.list(selectedFields);
	if (fields.length > 0) return { kind, fields };
	throw new ExplainedError(
		"No fields are named under 'Fields'",
		'Name at least one, such as status.',
	);
}
