import type { IDataObject, IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import { isJsonRecord } from '../../lib/json';
import { triggerKey } from '../../lib/n8n/trigger';
import type { Remembered } from './advance';
import type { PollState } from './state';

/** The state of each trigger in this process, by workflow and node. */
const known = new Map<string, PollState>();

/**
 * The runs that executions in this process have recorded since the last poll, by workflow and node. There
 * is none as long as no execution has run in this process.
 */
const recordedBy = new Map<string, Set<string>>();

const MOST_NOTED = 10_000;

/**
 * n8n stores static data only when it starts the workflow, and an execution that began earlier may
 * overwrite it with older data. So the newer of n8n's data and this process's data counts. If they
 * differ, n8n was started or the workflow was published since the last poll, and n8n may have dropped
 * what that poll returned.
 */
export function recall(n8n: IPollFunctions): Remembered {
	const key = triggerKey(n8n);
	const stored = readState(n8n.getWorkflowStaticData('node').state);
	const ours = known.get(key);
	const about = { recorded: new Set(recordedBy.get(key)), runsHere: recordedBy.has(key) };
	if (!ours || !stored) return { state: ours ?? stored, isSure: false, ...about };
	return {
		state: ours.polls >= stored.polls ? ours : stored,
		isSure: ours.polls === stored.polls,
		...about,
	};
}

/** Keeps the state after a poll. */
export function remember(n8n: IPollFunctions, state: PollState): void {
	const key = triggerKey(n8n);
	known.set(key, state);
	const handed = new Set(state.handed.map(([id]) => id));
	const recorded = recordedBy.get(key);
	for (const id of recorded ?? []) if (!handed.has(id)) recorded?.delete(id);
	// A copy, because n8n watches what it stores, which would slow down the state itself.
	const stored: IDataObject = JSON.parse(JSON.stringify(state));
	n8n.getWorkflowStaticData('node').state = stored;
}

/** Notes that an execution has recorded runs, or is about to start the workflow without a record. */
export function noteRecorded(n8n: IExecuteFunctions, ids: string[]): void {
	const key = triggerKey(n8n);
	const all = [...(recordedBy.get(key) ?? []), ...ids];
	// In queue mode, no poll of this process takes them.
	recordedBy.set(key, new Set(all.slice(-MOST_NOTED)));
}

/** Anything that isn't a state, such as one of a later release, counts as none. */
function readState(value: unknown): PollState | undefined {
	const copy: unknown = JSON.parse(JSON.stringify(value ?? null));
	if (!isJsonRecord(copy) || typeof copy.polls !== 'number') return undefined;
	const lists = ['watched', 'handed', 'done'];
	if (!lists.every((name) => Array.isArray(copy[name]))) return undefined;
	return copy as unknown as PollState;
}
