import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { isJsonRecord } from '../../lib/json';
import { triggerKey } from '../../lib/n8n/trigger';
import type { PollState } from './pollState';

/** The state of each trigger in this process, by workflow and node. */
const known = new Map<string, PollState>();

/** What is remembered about a trigger. */
export interface Remembered {
	/** undefined at the first poll. */
	state: PollState | undefined;
	/** n8n may not have started the workflow for the last runs that it got. */
	isUnsure: boolean;
}

/**
 * n8n stores static data only when it starts the workflow, and an execution that began earlier may
 * overwrite it with older data. So the newer of n8n's data and this process's data counts. If they
 * differ, n8n was started or the workflow was published since the last poll, and n8n may have dropped
 * what that poll returned.
 */
export function recall(n8n: IPollFunctions): Remembered {
	const stored = readState(n8n.getWorkflowStaticData('node').state);
	const ours = known.get(triggerKey(n8n));
	if (!ours || !stored) return { state: ours ?? stored, isUnsure: true };
	return {
		state: ours.polls >= stored.polls ? ours : stored,
		isUnsure: ours.polls !== stored.polls,
	};
}

export function remember(n8n: IPollFunctions, state: PollState): void {
	known.set(triggerKey(n8n), state);
	// A copy, because n8n watches what it stores, which would slow down the state itself.
	const stored = JSON.parse(JSON.stringify(state)) as IDataObject;
	n8n.getWorkflowStaticData('node').state = stored;
}

/** Anything that isn't a state, such as one of a later release, counts as none. */
function readState(value: unknown): PollState | undefined {
	const copy: unknown = JSON.parse(JSON.stringify(value ?? null));
	if (!isJsonRecord(copy) || typeof copy.polls !== 'number') return undefined;
	const lists = ['settled', 'unfinished', 'waiting', 'handed', 'unsure'];
	if (!lists.every((name) => Array.isArray(copy[name]))) return undefined;
	return copy as unknown as PollState;
}
