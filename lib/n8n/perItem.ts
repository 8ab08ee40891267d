import type {
	IExecuteData,
	IExecutePaginationFunctions,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodePropertyRouting,
	NodeError,
} from 'n8n-workflow';

import type { JsonRecord } from '../json';
import { accessOf, CREDENTIAL, TrutoClient, type Access } from '../api/client';
import { toNodeError } from './nodeError';

/** What an operation gets for each input item. */
export interface ItemContext {
	n8n: IExecuteSingleFunctions;
	client: TrutoClient;
	/** The node's parameter *Options*. */
	options: NodeOptions;
}

/** Everything that may stand under *Options*; each operation shows those that apply. */
export interface NodeOptions {
	maxRetries?: number;
	requestsPerTenSeconds?: number;
	includeUnstartedResources?: boolean;
	includeRawStats?: boolean;
	pageSize?: number;
	[name: string]: unknown;
}

/** An operation's work for one input item: the JSON of its output items. */
export type ItemOperation = (item: ItemContext) => Promise<JsonRecord[]>;

export const DEFAULT_MAX_RETRIES = 5;
export const DEFAULT_REQUESTS_PER_TEN_SECONDS = 500;

/**
 * The routing of an operation. n8n's declarative engine calls a pagination function once for each
 * input item; here it runs the operation, links every output item to its input item, and turns errors
 * into an item where the node's *On Error* setting asks for that.
 */
export function runPerItem(operation: ItemOperation): INodePropertyRouting {
	return {
		send: { paginate: true },
		operations: {
			async pagination(this: IExecutePaginationFunctions, { options: engineOptions }) {
				const pairedItem = { item: this.getItemIndex() };
				const signal = this.getExecutionCancelSignal();
				try {
					const options = this.getNodeParameter('options', {}) as NodeOptions;
					const client = new TrutoClient(this, await accessOfRun(this), {
						lane: this.getExecutionId() ?? this.getWorkflow().id ?? '',
						maxRetries: options.maxRetries ?? DEFAULT_MAX_RETRIES,
						requestsPerTenSeconds:
							options.requestsPerTenSeconds ?? DEFAULT_REQUESTS_PER_TEN_SECONDS,
						signal,
						engineOptions: engineOptions as Partial<IHttpRequestOptions>,
					});
					const rows = await operation({ n8n: this, client, options });
					return rows.map((json): INodeExecutionData => ({ json, pairedItem: { ...pairedItem } }));
				} catch (error) {
					signal?.throwIfAborted();
					const nodeError = toNodeError(error, this.getNode(), pairedItem.item);
					if (!this.continueOnFail()) throw nodeError;
					return [{ json: errorJson(nodeError), pairedItem }];
				}
			},
		},
	};
}

/**
 * An item in the place of an error: what happened, and the same with what to do. n8n before 2.35.3 takes an
 * item for an error, which leaves by the error output, only if it has no more than these two.
 */
function errorJson({ message, description }: NodeError): JsonRecord {
	return { error: message, message: [message, description].filter(Boolean).join('\n') };
}

/** Decrypting a credential costs a look into n8n's database: once for all items of a node's run. */
const accesses = new WeakMap<IExecuteData, Promise<Access>>();

async function accessOfRun(n8n: IExecuteSingleFunctions): Promise<Access> {
	const run = n8n.getExecuteData();
	const known = accesses.get(run);
	if (known) return await known;
	const access = n8n.getCredentials(CREDENTIAL).then(accessOf);
	accesses.set(run, access);
	return await access;
}
