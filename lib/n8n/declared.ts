import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
} from 'n8n-workflow';

import type { JsonRecord } from '../json';
import { valuesOf, type Parameters, type ValuesOf } from '../parameters/parameter';
import { readId } from '../parameters/readId';
import type { TrutoRequest } from '../transport/client';
import { kindAt, pathOf } from '../truto/kinds';
import type { ItemContext } from './operation';
import { runSingleItem } from './singleItem';

/** What an operation declares: n8n builds its request from it. */
export interface DeclaredRouting {
	/** The path comes from the parameter that points to the thing. */
	request: { method: 'GET' };
	output: { postReceive: PostReceive[] };
}

/** What makes output items of an answer, in the form n8n has for it. */
export type PostReceive = (
	this: IExecuteSingleFunctions,
	items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
) => Promise<INodeExecutionData[]>;

/** The item that an answer is for: n8n has no other way to pass it on to {@link PostReceive}. */
const itemOf = new WeakMap<IN8nHttpFullResponse, ItemContext>();

/**
 * @param read reads what Truto answered, such as a run
 * @param parameters what the output depends on
 * @param rowsOf gives the JSON of the output items that it makes
 */
export function postReceive<Thing, P extends Parameters>(
	read: (answer: JsonRecord) => Thing,
	parameters: P,
	rowsOf: (
		thing: Thing,
		values: ValuesOf<P>,
		item: ItemContext,
	) => JsonRecord[] | Promise<JsonRecord[]>,
): PostReceive {
	return async function (answers, response) {
		const item = itemOf.get(response);
		if (!item) throw new Error('Only sendDeclared runs postReceive');
		const values = valuesOf(parameters, item.parameters);
		const rows = await Promise.all(
			answers.map(async ({ json }) => await rowsOf(read(json as JsonRecord), values, item)),
		);
		return rows.flat().map((json) => ({ json }));
	};
}

/**
 * The way to Truto of all declared operations, instead of n8n's own: it takes the request that n8n built,
 * checks the id, sends it within the rate limit and with retries, then runs `postReceive`.
 */
export async function sendDeclared(
	this: IExecutePaginationFunctions,
	{ options, postReceive: steps }: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	return await runSingleItem(this, {
		request: options,
		onlyReads: true,
		work: async (item) => {
			const { client } = item;
			const body = await client.sendForRecord(checkedRequest(options));
			let items: INodeExecutionData[] = [{ json: body }];
			const response = { body, headers: {}, statusCode: 200 };
			itemOf.set(response, item);
			for (const action of steps.flatMap(({ actions }) => actions)) {
				if (typeof action !== 'function') throw new Error('Only functions can be postReceive');
				items = await action.call(this, items, response).catch(client.throwMasked);
			}
			return items.map(({ json }) => json as JsonRecord);
		},
	});
}

/** @throws {ExplainedError} if its path holds no id */
function checkedRequest({ url = '' }: DeclarativeRestApiSettings.HttpRequestOptions): TrutoRequest {
	const [, collection = '', given = ''] = url.split('/');
	const kind = kindAt(collection);
	const id = readId(decodeURIComponent(given), kind);
	return { method: 'GET', path: pathOf(kind, id), about: `${kind.noun} ${id}` };
}
