import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { OWNER } from '../test/n8n-host/api.mts';
import { readExamples, readTemplates } from '../test/n8n-host/examples.mts';
import { installHost } from '../test/n8n-host/install.mts';
import { freePort, isFree, startN8n } from '../test/n8n-host/n8n.mts';
import { packPackage } from '../test/n8n-host/pack.mts';
import { CACHE_FOLDER } from '../test/n8n-host/paths.mts';
import { startSimulator, VALID_TOKEN } from '../test/simulator/index.mts';

const PREFERRED_PORT = 5678;
const SHOWN = 'records-per-resource.json';

const onlyOnce = process.argv.includes('--once');
const realToken = process.env.TRUTO_API_TOKEN;

/** Runs in the reverse order, so that n8n ends before what it talks to. */
const cleanups: (() => Promise<void>)[] = [];

async function stopAll(code: number): Promise<never> {
	for (const cleanup of cleanups.reverse()) await cleanup().catch(() => undefined);
	process.exit(code);
}

async function startTruto(): Promise<{ baseUrl: string; apiToken: string; what: string }> {
	if (realToken) {
		const baseUrl = process.env.TRUTO_BASE_URL ?? 'https://api.truto.one';
		return { baseUrl, apiToken: realToken, what: `the real Truto at ${baseUrl}` };
	}
	const simulator = await startSimulator({ allowHttpWebhooks: true });
	cleanups.push(async () => await simulator.close());
	return {
		baseUrl: simulator.url,
		apiToken: VALID_TOKEN,
		what: `a simulated Truto at ${simulator.url}`,
	};
}

async function choosePort(): Promise<number> {
	if (await isFree(PREFERRED_PORT)) return PREFERRED_PORT;
	const port = await freePort();
	console.log(`Port ${PREFERRED_PORT} is taken: using ${port} instead.`);
	return port;
}

async function demo(): Promise<void> {
	await installHost();
	console.log('Building and packing the node ...');
	const { tarball } = packPackage();
	const truto = await startTruto();

	const userFolder = join(CACHE_FOLDER, 'demo');
	rmSync(userFolder, { recursive: true, force: true });
	console.log('Starting n8n (about 20 seconds) ...');
	const n8n = await startN8n({ tarball, userFolder, port: await choosePort() });
	cleanups.push(async () => await n8n.stop());
	await n8n.api.signIn();
	const { baseUrl, apiToken } = truto;
	const { id, name } = await n8n.api.createCredential('Truto', 'trutoApi', { baseUrl, apiToken });

	for (const { file, workflow } of readExamples({ id, name })) {
		const stored = await n8n.api.createWorkflow(workflow);
		// The sample run is one of the simulator's.
		if (file !== SHOWN || realToken) continue;
		const executionId = await n8n.api.startExisting(stored.id, workflow);
		const execution = await n8n.api.waitFor(executionId);
		const rows = execution.nodes['Table of Rows']?.outputs[0] ?? [];
		console.log(`\nWorkflow "${workflow.name}" gave:`);
		console.table(rows.map(({ json }) => json));
		if (rows.length === 0) throw new Error(execution.error?.message ?? 'The sample gave no rows');
	}
	// Slack and Google Sheets are left for people to choose.
	for (const { workflow } of readTemplates({ truto: { id, name } })) {
		await n8n.api.createWorkflow(workflow);
	}
	console.log(`
  n8n editor   ${n8n.url}
  login        ${OWNER.email} / ${OWNER.password}
  connected to ${truto.what}
`);
	if (onlyOnce) return await stopAll(0);
	console.log('Ctrl-C stops everything.');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => void stopAll(0));
}
demo().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	return stopAll(1);
});
