import { installHost } from '../test/n8n-host/install.mts';
import { freePort } from '../test/n8n-host/n8n.mts';
import { profile, timeByPart } from './cpuProfile.mts';
import { startBenchHost, startSimulatorProcess } from './host.mts';
import { partOf } from './parts.mts';
import { time, trutoWorkflow } from './workflows.mts';

// npm run bench:profile: where the time of Get + split goes, per run. What of it is not the package's own is
// the floor: n8n's engine does it for any node.
const RUNS = 1_000;
const RESOURCES = 20;
const ROUNDS = 5;

await installHost();
const simulator = await startSimulatorProcess('off');
const port = await freePort();
const host = await startBenchHost(simulator, { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });
try {
	const ids = await simulator.addRuns(RUNS, RESOURCES);
	const workflow = trutoWorkflow({ simulator, host, ids }, true);
	await time(host, workflow);
	let nodesMs = 0;
	const taken = await profile(port, async () => {
		for (let round = 0; round < ROUNDS; round++) nodesMs += (await time(host, workflow)).nodesMs;
	});
	const runs = RUNS * ROUNDS;
	console.log(`Get + split, ${RESOURCES} resources: ${(nodesMs / runs).toFixed(2)} ms of node time per run.
The process as a whole, so with what n8n does before and after the node, per run:`);
	const times = [...timeByPart(taken, partOf)].sort(([, a], [, b]) => b - a);
	console.table(
		times.map(([part, ms]) => ({ part, 'ms per run': Number((ms / runs).toFixed(3)) })),
	);
} finally {
	await host.stop();
	simulator.stop();
}
