import type { FaultSpec } from '../simulator/index.mts';

/** Stands for the id of a row's run. */
export const ID = '<id>';
export const RUN = `sync job run ${ID}`;
export const SAID = 'Truto said: A simulated fault.';

/** A fault, and what comes of it. */
export interface ErrorRow {
	fault: FaultSpec;
	/** How many times the request may be repeated; 0 unless given. */
	maxRetries?: number;
	/** Of n8n's request options, in milliseconds. */
	timeout?: number;
	/** Expression for the whole message but for its item; `<id>` is the run's. */
	message: string;
	/** Part of the description; `<id>` is the run's. */
	advice: string;
	/** How many requests reach the simulator. */
	requests: number;
}

/** What a row says of a run and its input item: the whole message, and a part of the description. */
export function textsOf(
	{ message, advice }: Pick<ErrorRow, 'message' | 'advice'>,
	id: string,
	item: number,
): { message: RegExp; advice: string } {
	return {
		message: new RegExp(`^${message.replace(ID, id)} \\[item ${item}\\]$`),
		advice: advice.replace(ID, id),
	};
}
