import type { IExecuteFunctions, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { ParameterReader, type GetParameter } from '../parameters/reader';
import { readRequestSettings } from '../parameters/requestOptions';
import { clientForItem } from './clients';
import type { NodeRun } from './nodeRun';
import type { ItemContext } from './operation';

/** What differs between n8n's two engines. */
interface ItemSource {
	itemIndex: number;
	get: GetParameter;
	httpOptions: Partial<IHttpRequestOptions>;
	nodeRun: NodeRun;
}

/** Prepares an item for an operation. @throws {ExplainedError} if options or credential can't be used */
export async function openItem(
	n8n: IExecuteFunctions | IExecuteSingleFunctions,
	{ itemIndex, get, httpOptions, nodeRun }: ItemSource,
): Promise<ItemContext> {
	const timeZone = n8n.getTimezone();
	const parameters = new ParameterReader(get, timeZone);
	const settings = readRequestSettings(parameters);
	// There is one limiter per token and address.
	let token: object = nodeRun;
	const client = await clientForItem(n8n, itemIndex, (access) => {
		token = access.limiter;
		const { signal, giveUp } = nodeRun.signals.forToken(token, n8n);
		return {
			...settings,
			lane: n8n.getExecutionId() ?? n8n.getWorkflow().id ?? '',
			signal,
			httpOptions,
			onHopeless: giveUp,
			hasOptions: true,
		};
	});
	const changer = { item: itemIndex, token, failsNode: !n8n.continueOnFail() };
	return { itemIndex, parameters, client, timeZone, nodeRun: nodeRun.forItem(changer) };
}
