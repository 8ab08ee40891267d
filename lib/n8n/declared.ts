import type {
	DeclarativeRestApiSettings,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IN8nHttpFullResponse,
	INodeExecutionData,
	PostReceiveAction,
} from 'n8n-workflow';

import { fetchOne } from '../api/things';
import type { JsonRecord } from '../json';
import { valuesOf, type Parameters, type ValuesOf } from '../parameters/parameter';
import { readId } from '../parameters/readId';
import { readPathTo } from '../truto/kinds';
import type { ItemContext } from './operation';
import { runSingleItem } from './singleItem';

/** What an operation declares: n8n builds its request from it. */
export interface DeclaredRouting {
	/** `url` is the path of the thing that a parameter points to, such as `/sync-job/{syncJobId}`. */
	request: { method: 'GET'; url: string };
	output: { postReceive: PostReceive[] };
}

/** What makes output items of an answer, in the form n8n has for it. */
type Step = (
	this: IExecuteSingleFunctions,
	items: INodeExecutionData[],
	response: IN8nHttpFullResponse,
) => Promise<INodeExecutionData[]>;

/** A step that knows what it depends on before there is an answer. */
export type PostReceive = Step & {
	/** @throws {ExplainedError} if a parameter is not valid: then, no request is sent */
	readParameters: (item: ItemContext) => void;
};

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
	const valuesFor = new WeakMap<ItemContext, ValuesOf<P>>();
	const step: Step = async (answers, response) => {
		const item = itemOf.get(response);
		const values = item && valuesFor.get(item);
		if (!values) throw new Error('Only sendDeclared runs postReceive');
		const rows = await Promise.all(
			answers.map(async (answer) => await rowsOf(read(recordOf(answer)), values, item)),
		);
		return rows.flat().map((json) => ({ json }));
	};
	const readParameters = (item: ItemContext): void => {
		valuesFor.set(item, valuesOf(parameters, item.parameters));
	};
	return Object.assign(step, { readParameters });
}

/**
 * The way to Truto of all declared operations, instead of n8n's own: it takes the request that n8n built,
 * puts the id into its path, sends it within the rate limit and with retries, then runs `postReceive`. All
 * parameters are read first, each once: n8n evaluates their expressions each time.
 *
 * The id is not put in by an expression, because n8n would evaluate three more of them for every item.
 * See *A declared one* in CONTRIBUTING.md.
 */
export async function sendDeclared(
	this: IExecutePaginationFunctions,
	{ options, postReceive: steps }: DeclarativeRestApiSettings.ResultOptions,
): Promise<INodeExecutionData[]> {
	return await runSingleItem(this, {
		request: options,
		onlyReads: true,
		work: async (item) => {
			const { kind, parameter } = readPathTo(options.url);
			const answer = async () => {
				const id = readId(this.getNodeParameter(parameter, ''), kind);
				const actions = steps.flatMap((step) => step.actions).map(asPostReceive);
				for (const action of actions) action.readParameters(item);
				const body = await fetchOne(item.client, kind, id);
				let items: INodeExecutionData[] = [{ json: body }];
				const response = { body, headers: {}, statusCode: 200 };
				itemOf.set(response, item);
				for (const action of actions) items = await action.call(this, items, response);
				return items.map(recordOf);
			};
			return await answer().catch(item.client.throwMasked);
		},
	});
}

function asPostReceive(action: PostReceiveAction): PostReceive {
	if (typeof action === 'function' && 'readParameters' in action) return action as PostReceive;
	throw new Error('Only what postReceive makes can be one');
}

/** All items here hold what came from Truto, or what was made of it. */
function recordOf({ json }: INodeExecutionData): JsonRecord {
	return json as JsonRecord;
}
