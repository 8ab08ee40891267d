import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MAX_RETRIES, DEFAULT_REQUESTS_PER_TEN_SECONDS } from '../n8n/perItem';

const requestOptions: INodeProperties[] = [
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 20 },
		default: DEFAULT_MAX_RETRIES,
		description:
			'How often to repeat a request that failed for a passing reason, such as the rate limit, a broken connection or a fault of Truto',
	},
	{
		displayName: 'Requests per 10 Seconds',
		name: 'requestsPerTenSeconds',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: DEFAULT_REQUESTS_PER_TEN_SECONDS,
		description:
			'How many requests this n8n may send with the token in any 10 seconds. Truto allows 500: lower it where other programs use the same token, raise it where Truto allows you more.',
	},
];

/**
 * The parameter *Options* of an operation.
 *
 * @param own the entries of this operation, beside those on requests that all have
 */
export function optionsProperty(own: INodeProperties[] = []): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...own, ...requestOptions].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
