import type { IExecuteFunctions, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { ParameterReader } from '../parameters/reader';
import { readRequestSettings } from '../parameters/options';
import { clientForItem } from './clients';
import type { NodeRun } from './nodeRun';
import type { ItemContext } from './operation';
import { isTool } from './tool';

/** What differs between n8n's two engines. */
interface ItemSource {
	itemIndex: number;
	parameters: ParameterReader;
	httpOptions: Partial<IHttpRequestOptions>;
	nodeRun: NodeRun;
}

/** Prepares an item for an operation. @throws {ExplainedError} if the options or the credential are not valid */
export async function openItem(
	n8n: IExecuteFunctions | IExecuteSingleFunctions,
	{ itemIndex, parameters, httpOptions, nodeRun }: ItemSource,
): Promise<ItemContext> {
	const settings = readRequestSettings(parameters);
	// There is one limiter per token and address.
	let token: object = nodeRun;
	const client = await clientForItem(n8n, itemIndex, (access) => {
		token = access.limiter;
		const { signal, giveUp } = nodeRun.signals.forToken(token, n8n);
		return {
			...settings,
			signal,
			httpOptions,
			onHopeless: giveUp,
			hasOptions: true,
		};
	});
	const changer = { item: itemIndex, token, failsNode: !n8n.continueOnFail() };
	return {
		itemIndex,
		parameters,
		client,
		timeZone: n8n.getTimezone(),
		nodeRun: nodeRun.forItem(changer),
		hint: (message) => {
			if ('addExecutionHints' in n8n && nodeRun.isNewHint(message)) {
				n8n.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
			}
		},
	};
}

/**
 * Reads the parameters of an item.
 *
 * @param itemIndex only where n8n runs all items at once
 */
export function readerFor(
	n8n: IExecuteFunctions | IExecuteSingleFunctions,
	itemIndex?: number,
): ParameterReader {
	const get =
		'getItemIndex' in n8n
			? (name: string, fallback: unknown) => n8n.getNodeParameter(name, fallback)
			: (name: string, fallback: unknown) => n8n.getNodeParameter(name, itemIndex ?? 0, fallback);
	return new ParameterReader(get, n8n.getTimezone(), isTool(n8n.getNode()));
}
