// Cleans up after a run (see run.mts): node test/n8n-host/guard.mts <the run's folder>
import { once } from 'node:events';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { isGroupAlive, signalGroup } from './group.mts';

/** n8n takes a few seconds to close. */
const PATIENCE_MS = 10_000;

const [folder = ''] = process.argv.slice(2);

async function endAll(signal: NodeJS.Signals): Promise<void> {
	const leaders = readdirSync(join(folder, 'processes')).map(Number);
	for (const leader of leaders) signalGroup(leader, signal);
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await delay(50)) {
		if (!leaders.some(isGroupAlive)) return;
	}
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => undefined);
}
await once(process.stdin.resume(), 'end');
await endAll('SIGTERM');
await endAll('SIGKILL');
// What has just ended may have written its last files meanwhile.
rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
