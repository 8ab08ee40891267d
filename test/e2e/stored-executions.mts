import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { N8nInstance } from '../n8n-host/n8n.mts';

/** A row of n8n's database. */
export interface StoredExecution {
	id: number;
	status: string;
	/** Its data as text; null if n8n has stored none. */
	data: string | null;
}

const EXECUTIONS = `
	SELECT execution.id, execution.status, stored.data
	FROM execution_entity execution
	LEFT JOIN execution_data stored ON stored.executionId = execution.id
	WHERE execution.workflowId = ? AND execution.deletedAt IS NULL
	ORDER BY execution.id`;

/**
 * All executions of a workflow, oldest first, as n8n has stored them. n8n's API gives a thousand of them one
 * by one, which takes a minute of its time.
 */
export function storedExecutions({ userFolder }: N8nInstance, workflowId: string) {
	const file = join(userFolder, '.n8n', 'database.sqlite');
	const database = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
	try {
		return database.prepare(EXECUTIONS).all(workflowId) as unknown as StoredExecution[];
	} finally {
		database.close();
	}
}
