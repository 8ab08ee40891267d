import { collection } from './collection';
import { number, type Parameter, type Parameters, type ValuesOf } from './parameter';
import type { ParameterReader } from './reader';

/** How requests are sent: entries under *Options* that all operations have. */
const requestSettings = {
	maxRetries: number({
		displayName: 'Max Retries',
		name: 'maxRetries',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 20, numberPrecision: 0 },
		default: 5,
		description:
			'How many times to retry a request that failed for a temporary reason, such as the rate limit, a broken connection or an error in Truto',
	}),
	requestsPerTenSeconds: number({
		displayName: 'Requests per 10 Seconds',
		name: 'requestsPerTenSeconds',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 500,
		description:
			'How many requests this workflow may send in any 10 seconds. Truto allows 500 per token. Lower it if other programs use the same token. Raise it if Truto allows you more.',
	}),
};

/** The values of {@link requestSettings}. */
export type RequestSettings = ValuesOf<typeof requestSettings>;

/** A collection named *Options* with these entries. */
export function optionsWith<O extends Parameters>(entries: O): Parameter<ValuesOf<O>> {
	return collection(
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
		},
		entries,
	);
}

const requestOptions = optionsWith(requestSettings);

/** Reads them. @throws {ExplainedError} if one is not valid */
export function readRequestSettings(parameters: ParameterReader): RequestSettings {
	return requestOptions.read(parameters);
}

/** The parameter *Options* of an operation: its own entries, and those that all have. */
export function operationOptions<O extends Parameters>(own: O): Parameter<ValuesOf<O>> {
	const { properties } = optionsWith({ ...own, ...requestSettings });
	return { properties, read: optionsWith(own).read };
}
