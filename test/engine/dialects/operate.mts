import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Simulator } from '../../simulator/index.mts';
import { runTruto } from '../harness.mts';

/**
 * Runs one operation of the Truto node on one item.
 *
 * @param parameters `resource` is Sync Job Run unless given
 * @returns the JSON of the output items
 * @throws the error that stopped the workflow
 */
export async function operate(
	simulator: Simulator,
	operation: string,
	parameters: INodeParameters = {},
): Promise<IDataObject[]> {
	const { rows, error } = await runTruto({ simulator, parameters: { operation, ...parameters } });
	if (error) throw error;
	return rows;
}

/** The ids of rows that are runs or other things as Truto sent them. */
export function idsOf(rows: IDataObject[]): string[] {
	return rows.map(({ id }) => String(id));
}

/** How many entries each request of a list asked for. */
export function limitsOf(simulator: Simulator): string[] {
	return simulator.requests.map(({ query }) => String(query.limit));
}
