import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { expect, it, jest } from '@jest/globals';

import { isGroupAlive } from '../n8n-host/group.mts';
import { NODE_24, ROOT } from '../n8n-host/paths.mts';
import { until } from './executions.mts';

jest.setTimeout(120_000);

/** Starts Redis and PostgreSQL in a run of another process, and returns it with what it has started. */
async function startOwner() {
	const owner = spawn(NODE_24, [join(ROOT, 'test', 'queue', 'services-owner.mts')], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const { value: folder } = await createInterface(owner.stdout)[Symbol.asyncIterator]().next();
	const leaders = readdirSync(join(String(folder), 'processes')).map(Number);
	return { owner, folder: String(folder), leaders };
}

it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
	'a run that %s ends leaves no process and no folder behind',
	async (signal) => {
		const { owner, folder, leaders } = await startOwner();
		expect(leaders.map(isGroupAlive)).toEqual([true, true]);
		owner.kill(signal);
		await until('the folder is gone', () => !existsSync(folder), 30_000);
		expect(leaders.map(isGroupAlive)).toEqual([false, false]);
	},
);
