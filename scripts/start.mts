import { parseArgs } from 'node:util';

import { OWNER } from '../test/n8n-host/session.mts';
import { SIMULATED_CHOICES } from '../test/n8n-host/example-choices.mts';
import { readExamples, readTemplates } from '../test/n8n-host/examples.mts';
import { installHost } from '../test/n8n-host/install.mts';
import { freePort, isFree, startN8n, type N8nInstance } from '../test/n8n-host/n8n.mts';
import { packPackage } from '../test/n8n-host/pack.mts';
import { endRun, startRun } from '../test/n8n-host/run.mts';
import type { Workflow } from '../test/n8n-host/workflow.mts';
import { takeDemoFolder } from './demo-folder.mts';
import { connectToTruto, type DemoTruto } from './truto-for-demo.mts';
import { examine, reportText } from './conformance.mts';

const HELP = `npm start: n8n with the Truto node, and a simulated Truto with data to try it on.

  npm start -- --fresh   deletes the workflows of the last start first
  npm start -- --once    starts everything, shows the output of some examples, and ends
  npm start -- --help    this text

Your workflows are kept from one start to the next, in .cache/demo.

  TRUTO_API_TOKEN        works with the real Truto instead, with this token
  TRUTO_BASE_URL         the real Truto's address, if it is not https://api.truto.one
`;

const PREFERRED_PORT = 5678;

/** The examples that show most, and the columns of their output that fit into a terminal. */
const SHOWN: Record<string, string[]> = {
	'records-per-resource.json': ['resource', 'fetched', 'persisted', 'integration_name', 'status'],
	'what-is-wrong.json': ['integration_name', 'verdict', 'cause_name', 'who_acts', 'next_step'],
	'find-stuck-syncs.json': [
		'integration_name',
		'status',
		'is_stuck',
		'seconds_since_update',
		'fetched',
	],
};

const { values: options } = parseArgs({
	options: {
		fresh: { type: 'boolean', default: false },
		once: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

/** Runs in the reverse order, so that n8n ends before what it talks to. */
const cleanups: (() => void | Promise<void>)[] = [];

async function stopAll(code: number): Promise<never> {
	for (const cleanup of cleanups.reverse()) await Promise.resolve(cleanup()).catch(() => undefined);
	process.exit(code);
}

async function choosePort(): Promise<number> {
	if (await isFree(PREFERRED_PORT)) return PREFERRED_PORT;
	const port = await freePort();
	console.log(`Port ${PREFERRED_PORT} is taken: using ${port} instead.`);
	return port;
}

type Credential = Awaited<ReturnType<N8nInstance['api']['createCredential']>>;

/** Stores the workflows of examples/, and runs those that show most. */
async function addExamples({ api }: N8nInstance, truto: DemoTruto, credential: Credential) {
	// What is chosen here are the simulator's things; Slack, Google Sheets and AI models are left for people.
	const parameters = truto.isReal ? {} : SIMULATED_CHOICES;
	const choices = { truto: credential, parameters };
	for (const { file, workflow } of [...readTemplates(choices), ...readExamples(choices)]) {
		const { id } = await api.createWorkflow(workflow);
		const columns = SHOWN[file];
		if (columns && !truto.isReal) await showOutput(api, id, workflow, columns);
	}
}

async function showOutput(
	api: N8nInstance['api'],
	id: string,
	workflow: Workflow,
	columns: string[],
): Promise<void> {
	const execution = await api.waitFor(await api.startExisting(id, workflow));
	const [rows = []] = Object.values(execution.nodes).at(-1)?.outputs ?? [];
	if (rows.length === 0) {
		throw new Error(execution.error?.message ?? `"${workflow.name}" has no output`);
	}
	console.log(`\nWorkflow "${workflow.name}" outputs:`);
	const shown = rows.map(({ json }) => json);
	// A sentence does not fit into a column.
	const [only] = shown;
	if (shown.length > 1 || only === undefined) return console.table(shown, columns);
	for (const column of columns) console.log(`  ${column.padEnd(22)}${String(only[column])}`);
}

async function demo(): Promise<void> {
	startRun();
	cleanups.push(endRun);
	const { folder, isKept, markAsComplete, release } = takeDemoFolder('demo', options.fresh);
	cleanups.push(release);
	console.log(
		isKept
			? 'Your workflows from the last start are kept. To delete them: npm start -- --fresh'
			: 'This n8n starts with only the examples.',
	);
	const truto = await connectToTruto();
	cleanups.push(truto.close);
	await installHost();
	console.log('Building and packing the node ...');
	const { tarball } = packPackage();
	console.log('Starting n8n (about 20 seconds) ...');
	const n8n = await startN8n({
		tarball,
		editor: true,
		userFolder: folder,
		port: await choosePort(),
	});
	cleanups.push(async () => await n8n.stop());
	await n8n.api.signIn();
	const { baseUrl, apiToken, name } = truto;
	// A kept one has the simulated Truto's address of last time.
	const saved = await n8n.api.saveCredential('Truto', 'trutoApi', { baseUrl, apiToken });
	if (!isKept) await addExamples(n8n, truto, { id: saved.id, name: saved.name });
	markAsComplete();
	if (truto.isReal) {
		const { rows, requests } = await examine(baseUrl, apiToken);
		console.log(`\n${reportText(rows, requests)}`);
	}
	console.log(`
  n8n editor   ${n8n.url}/home/workflows
  login        ${OWNER.email} / ${OWNER.password}
  connected to ${name}
`);
	if (options.once) return await stopAll(0);
	if (!truto.isReal) {
		console.log(`Begin with the workflow "Truto: Records per resource". Those that send to Slack or Google Sheets need
credentials of yours. To make an event for a trigger, execute "Truto: Start a sync and wait for it".
`);
	}
	console.log('Press Ctrl-C to stop everything.');
}

if (options.help) {
	console.log(HELP);
} else {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			console.log('\nStopping. n8n first lets running executions end, for up to 15 seconds ...');
			void stopAll(0);
		});
	}
	demo().catch((error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		return stopAll(1);
	});
}
