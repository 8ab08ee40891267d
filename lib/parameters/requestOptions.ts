import type { INodeProperties } from 'n8n-workflow';

import { compareTexts } from '../text';
import type { ParameterReader } from './reader';

const maxRetries: INodeProperties = {
	displayName: 'Max Retries',
	name: 'maxRetries',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
	default: 5,
	description:
		'How many times to retry a request that failed for a temporary reason, such as the rate limit, a broken connection or an error in Truto',
};

const requestsPerTenSeconds: INodeProperties = {
	displayName: 'Requests per 10 Seconds',
	name: 'requestsPerTenSeconds',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 500,
	description:
		'How many requests this workflow may send in any 10 seconds. Truto allows 500 per token. Lower it if other programs use the same token, raise it if Truto allows you more.',
};

/**
 * The parameter *Options* of an operation.
 *
 * @param own this operation's own entries, in addition to those that all operations have
 */
export function optionsProperty(own: INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...own, maxRetries, requestsPerTenSeconds].sort((a, b) =>
			compareTexts(a.displayName, b.displayName),
		),
	};
}

/** *Options* for reading, which only needs the name and not an operation's own entries. */
export const anyOptions = optionsProperty();

/** How requests are to be sent. */
export interface RequestSettings {
	maxRetries: number;
	requestsPerTenSeconds: number;
}

export function readRequestSettings(parameters: ParameterReader): RequestSettings {
	const options = parameters.in(anyOptions);
	return {
		maxRetries: options.number(maxRetries),
		requestsPerTenSeconds: options.number(requestsPerTenSeconds),
	};
}
