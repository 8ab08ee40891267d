import { startWorld } from '../test/e2e/world.mts';
import { freePort } from '../test/n8n-host/n8n.mts';
import { profile, timeByPart, type CpuProfile } from './cpuProfile.mts';
import { newEvents, sendAll, startTargets, type Send } from './eventTargets.mts';
import { partOf } from './parts.mts';

// npm run bench:refusals: where the time goes while n8n refuses forged events, for the trigger and for n8n's
// Webhook node with header authentication.
const EVENTS = 1_000;

/** What the trigger's `webhook()` takes, with all that n8n does because it asks for it. */
function inWebhook(functionName: string, url: string): string | undefined {
	if (/n8n-nodes-truto/.test(url)) return 'webhook() of the trigger, with all that it calls';
	return /^\((idle|garbage collector|program)\)$/.test(functionName) ? functionName : undefined;
}

const port = await freePort();
const world = await startWorld({
	simulator: { allowHttpWebhooks: true, recordRequests: false },
	n8n: { env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` } },
});

function print(taken: CpuProfile, of: typeof partOf): void {
	const times = [...timeByPart(taken, of)].sort(([, a], [, b]) => b - a);
	console.table(
		times.map(([part, ms]) => ({ part, 'ms per event': Number((ms / EVENTS).toFixed(3)) })),
	);
}

async function measure(what: string, send: Send, ...expected: number[]): Promise<void> {
	await sendAll(newEvents(world, 200), send, ...expected);
	const bodies = newEvents(world, EVENTS);
	let seconds = 0;
	const taken = await profile(port, async () => {
		const startedAt = performance.now();
		await sendAll(bodies, send, ...expected);
		seconds = (performance.now() - startedAt) / 1000;
	});
	console.log(`${what}: ${(EVENTS / seconds).toFixed(1)} refusals per second under the profiler`);
	print(taken, partOf);
	print(taken, inWebhook);
}

try {
	const senders = await startTargets(world);
	await measure('Truto Trigger', senders.forged, 401, 503);
	await measure('Webhook node', senders.webhookRefused, 403);
} finally {
	await world.close();
}
