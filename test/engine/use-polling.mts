import { afterEach, beforeEach, expect, jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { RunInput } from '../simulator/index.mts';
import { PollingNode, type PollingTest } from './polling-node.mts';
import { useSimulator } from './use-simulator.mts';

/** Gives each test of a file a simulated Truto without runs, and polling triggers. */
export function usePolling() {
	const truto = useSimulator({ dialect: { nestedSyncJob: 'on-get-only' } });
	const start = Date.now() - 1_800_000;
	let created = 0;
	let ahead = 0;
	const realNow = Date.now;
	beforeEach(() => {
		truto().store.runs.clear();
	});
	afterEach(() => {
		jest.restoreAllMocks();
		ahead = 0;
	});
	const nodeWith = (test: Partial<PollingTest> = {}) =>
		new PollingNode({ simulator: truto(), ...test });
	return {
		truto,
		/** Adds a run that was created a second after the last one, unless told otherwise; returns its id. */
		addRun: (input: RunInput = {}): string => {
			created += 1_000;
			const createdAt = new Date(start + created).toISOString();
			return truto().store.addRun({ status: 'completed', created_at: createdAt, ...input }).id;
		},
		end: (id: string, status = 'completed', at = new Date()): void => {
			truto().store.patchRun(id, { status, finished_at: at.toISOString() });
		},
		nodeWith,
		/** Makes it so much later, for the trigger and for Truto. */
		later: (ms: number): void => {
			ahead += ms;
			jest.spyOn(Date, 'now').mockImplementation(() => realNow() + ahead);
		},
		/** A trigger that is active: its first poll gave nothing. */
		activated: async (test: Partial<PollingTest> = {}): Promise<PollingNode> => {
			const node = nodeWith(test);
			expect(await node.activate()).toEqual([]);
			return node;
		},
	};
}

/** The time so many days ago. */
export const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** The runs' ids, of output items or of what a poll gives. */
export const idsOf = (rows: IDataObject[]) => rows.map((row) => row.sync_job_run_id ?? row.id);
