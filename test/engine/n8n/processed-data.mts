import './environment.mts';

import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

/** n8n's table `processed_data`: one row of hashes for each node of a workflow. */
const rows = new Map<string, string[]>();

const processOf = new Map<string, string>();

/** How many of the next calls n8n's database refuses. */
export const database = { failures: 0, reads: 0 };

/**
 * Lets two processes share a workflow's rows. A process knows its trigger by the workflow's id; so another
 * id is another process, or the same one after a restart.
 */
export function shareRows(workflowId: string, originalId: string): void {
	processOf.set(workflowId, originalId);
}

/** The hashes that are stored for a workflow's nodes. */
export function storedHashes(originalId: string): string[] {
	return [...rows].filter(([key]) => key.startsWith(`${originalId} `)).flatMap(([, row]) => row);
}

export function clearRows(): void {
	rows.clear();
}

/** As n8n's `DeduplicationHelper` does it: read, change, write back, which is not atomic. */
class Deduplicator implements IDataDeduplicator {
	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		{ node, workflow }: ICheckProcessedContextData,
		{ mode, maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		if (scope !== 'node' || mode !== 'entries') throw new Error('Only what the trigger uses');
		const key = `${processOf.get(workflow.id) ?? workflow.id} n:${node?.id ?? ''}`;
		database.reads++;
		await delay(5);
		if (database.failures > 0) {
			database.failures--;
			throw new Error('database is locked');
		}
		const row = [...(rows.get(key) ?? [])];
		await delay(5);
		const output: IDeduplicationOutput = { new: [], processed: [] };
		const known = new Set(row);
		for (const item of items) {
			const hash = createHash('md5').update(String(item)).digest('base64');
			if (known.has(hash)) output.processed.push(item);
			else {
				output.new.push(item);
				row.push(hash);
			}
		}
		if (maxEntries) row.splice(0, row.length - maxEntries);
		rows.set(key, row);
		return output;
	}

	async removeProcessed(): Promise<void> {
		return await unused();
	}

	async clearAllProcessedItems(): Promise<void> {
		return await unused();
	}

	async getProcessedDataCount(): Promise<number> {
		return await unused();
	}
}

async function unused(): Promise<never> {
	await Promise.resolve();
	throw new Error('The trigger does not use this');
}

void DataDeduplicationService.init(new Deduplicator());
