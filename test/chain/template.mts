import { setTimeout as delay } from 'node:timers/promises';

import { readTemplates, type ExampleChoices } from '../n8n-host/examples.mts';
import { byId, type Workflow } from '../n8n-host/workflow.mts';
import type { Store } from '../simulator/index.mts';
import type { Cell } from './grid.mts';
import type { Sheets } from './sheets.mts';

/** Other parameters for nodes of a template, by the node's name. */
export type Changes = Record<string, Record<string, unknown>>;

/** A template with everything chosen, and some parameters of its nodes changed. */
export function fillIn(
	choices: ExampleChoices,
	file: string,
	changes: Changes,
	settings: Record<string, unknown> = {},
): Workflow {
	const found = readTemplates(choices).find((example) => example.file === file);
	if (!found) throw new Error(`There is no template ${file}`);
	const nodes = found.workflow.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...changes[node.name] },
	}));
	return { ...found.workflow, nodes, settings: { ...found.workflow.settings, ...settings } };
}

/** Changes with which *Start and report* starts a sync whose run soon ends so. */
export function startAndWait(store: Store, status: string): Changes {
	const job = store.addSyncJob({
		label: 'HubSpot CRM to warehouse',
		run_script: [
			{ status: 'created', afterMs: 0 },
			{ status: 'running', afterMs: 200 },
			{ status, afterMs: 1000 },
		],
	});
	const account = store.addIntegratedAccount();
	return {
		'Start Sync': { syncJobId: byId(job.id), integratedAccountId: byId(account.id) },
		'Wait for End': { pollInterval: 2 },
	};
}

/** The sheet's rows below the header, by the names in it. */
export function sheetRows({ grid }: Sheets): Record<string, Cell | undefined>[] {
	const [header = [], ...rows] = grid.rows;
	return rows.map((row) =>
		Object.fromEntries(header.map((name, index) => [String(name), row[index] ?? null])),
	);
}

/** Waits until something is so. */
export async function until(what: string, isSo: () => boolean, timeoutMs = 90_000): Promise<void> {
	for (const deadline = Date.now() + timeoutMs; !isSo(); await delay(50)) {
		if (Date.now() > deadline) throw new Error(`In vain waited for: ${what}`);
	}
}
