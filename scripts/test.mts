// npm test, or only some of its stages: npm test -- lint e2e
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installHost } from '../test/n8n-host/install.mts';
import { CACHE_FOLDER } from '../test/n8n-host/paths.mts';
import { endRun, startRun } from '../test/n8n-host/run.mts';
import { runCommand } from './command.mts';
import { leftOvers, temporaryFiles } from './left-overs.mts';
import { findMissing } from './requirements.mjs';

/** The share of lines of product code that unit and engine tests must run. */
const COVERED_LINES = 95;

const RESULTS = join(CACHE_FOLDER, 'jest.json');

interface Stage {
	title: string;
	/** On two cores; not the one-time installation of n8n. */
	minutes: number;
	run(): Promise<void>;
}

const STAGES: Record<string, Stage> = {
	lint: { title: 'Lint', minutes: 1, run: async () => await check('lint') },
	types: { title: 'Types', minutes: 1, run: async () => await check('types') },
	scan: { title: "n8n's scan of the package", minutes: 1, run: async () => await check('scan') },
	unit: {
		title: 'Unit, simulator and engine tests',
		minutes: 7,
		run: async () =>
			await jest(
				// One after the other: some tests measure time.
				...['--selectProjects', 'unit', 'simulator', 'engine', '--coverage', '--runInBand'],
				'--coverageReporters=text-summary',
				`--coverageThreshold={"global":{"lines":${COVERED_LINES}}}`,
			),
	},
	e2e: {
		title: 'End-to-end tests in a real n8n and a browser',
		minutes: 21,
		run: async () => {
			await installHost();
			await jest('--selectProjects', 'e2e', '--runInBand');
		},
	},
	queue: {
		title: "Tests in n8n's queue mode",
		minutes: 4,
		run: async () => {
			await installHost();
			await jest('--selectProjects', 'queue', '--runInBand');
		},
	},
};

const total = { passed: 0, failed: 0, skipped: 0 };
const skippedTests: string[] = [];

/** A check that isn't a test run counts as one test. */
async function check(script: string): Promise<void> {
	if (await runCommand('npm', 'run', '--silent', script)) total.passed++;
	else total.failed++;
}

interface JestResult {
	numPassedTests: number;
	numFailedTests: number;
	testResults: { assertionResults: { fullName: string; status: string }[] }[];
}

/** A run that wrote no result counts as failed. */
async function jest(...args: string[]): Promise<void> {
	rmSync(RESULTS, { force: true });
	// A test that fails to start may leave n8n running, and Jest would wait for it.
	const passed = await runCommand(
		'jest',
		...args,
		'--forceExit',
		'--json',
		`--outputFile=${RESULTS}`,
	);
	if (!existsSync(RESULTS)) {
		total.failed++;
		return;
	}
	const result = JSON.parse(readFileSync(RESULTS, 'utf8')) as JestResult;
	const tests = result.testResults.flatMap(({ assertionResults }) => assertionResults);
	const skipped = tests.filter(({ status }) => status === 'pending' || status === 'todo');
	skippedTests.push(...skipped.map(({ fullName }) => fullName));
	total.skipped += skipped.length;
	total.passed += result.numPassedTests;
	// A suite that did not load, or too little coverage, fails without a failed test.
	total.failed += Math.max(result.numFailedTests, passed ? 0 : 1);
}

/** The stages that were asked for, in their own order; all of them if none was named. */
function chooseStages(wanted: string[]): string[] {
	const all = Object.keys(STAGES);
	const unknown = wanted.filter((name) => !all.includes(name));
	if (unknown.length > 0) {
		throw new Error(`There is no stage ${unknown.join(', ')}. Stages are: ${all.join(', ')}`);
	}
	return wanted.length === 0 ? all : all.filter((name) => wanted.includes(name));
}

async function runStages(names: string[]): Promise<void> {
	const missing = findMissing(names);
	if (missing.names.length > 0) {
		throw new Error(
			`Missing on this machine: ${missing.names.join(', ')}. On Debian and Ubuntu:\n\n` +
				`  sudo apt-get install --no-install-recommends ${missing.packages.join(' ')}\n\n` +
				'You can still run the stages that do not need them, for example: npm test -- lint types',
		);
	}
	const stages = names.map((name) => STAGES[name]).filter((stage) => stage !== undefined);
	const minutes = stages.reduce((sum, stage) => sum + stage.minutes, 0);
	const unit = minutes === 1 ? 'minute' : 'minutes';
	console.log(`${names.join(', ')}: about ${minutes} ${unit} on two cores.`);
	const startedAt = Date.now();
	for (const [index, stage] of stages.entries()) {
		if (isStopping) break;
		const { title, minutes: few } = stage;
		const time = few === 1 ? 'a minute at most' : `about ${few} minutes`;
		console.log(`\n=== ${index + 1} of ${stages.length}: ${title} (${time})`);
		await stage.run();
	}
	console.log(`\nTook ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

/** A run must clean up after itself. On a machine of its own, nothing at all is new. */
function reportLeftOvers(): void {
	const { own, others } = leftOvers(before, temporaryFiles(), folder);
	if (own.length > 0) {
		total.failed++;
		console.error(`Left behind in ${tmpdir()}: ${own.join(', ')}`);
	}
	const news = others.length === 0 ? 'nothing' : `${others.join(', ')}, maybe from other programs`;
	console.log(`New in ${tmpdir()}: ${news}`);
}

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => {
		isStopping = true;
		console.error(`\n${signal}: ending what runs ...`);
		void endRun().finally(() => process.exit(1));
	});
}
mkdirSync(CACHE_FOLDER, { recursive: true });
const before = temporaryFiles();
const folder = startRun();
try {
	await runStages(chooseStages(process.argv.slice(2)));
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	total.failed++;
}
await endRun();
reportLeftOvers();
for (const name of skippedTests) console.log(`Skipped: ${name}`);
const skipped = total.skipped === 0 ? '' : `, ${total.skipped} skipped`;
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed === 0 ? 0 : 1;
