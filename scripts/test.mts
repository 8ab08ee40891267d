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
	/** On two cores; the one-time installation of n8n runs beside the first stages. */
	minutes: number;
	/** A script of package.json; it counts as one test. */
	script?: string;
	/** Projects of jest.config.mjs. */
	projects?: string[];
	/** Test files at once on two cores; default: 1. */
	workers?: number;
	/** More arguments for Jest. */
	options?: string[];
}

const STAGES: Record<string, Stage> = {
	lint: { title: 'Lint', minutes: 0.8, script: 'lint' },
	types: { title: 'Types', minutes: 0.4, script: 'types' },
	scan: { title: "n8n's scan of the package", minutes: 0.4, script: 'scan' },
	unit: {
		title: 'Unit, simulator and engine tests',
		minutes: 6.5,
		projects: ['unit', 'simulator', 'engine', 'alone'],
		// Engine tests wait for answers and pauses: two at once use half of two cores.
		workers: 4,
		options: [
			'--coverage',
			'--coverageReporters=text-summary',
			`--coverageThreshold={"global":{"lines":${COVERED_LINES}}}`,
		],
	},
	e2e: {
		title: 'End-to-end tests in a real n8n and a browser',
		minutes: 10,
		projects: ['e2e', 'e2e-alone'],
		workers: 3,
	},
	queue: {
		title: "Tests in n8n's queue mode",
		// Beside the stage above. Alone, it takes 6.
		minutes: 4,
		projects: ['queue'],
	},
};

/**
 * Stages that run side by side, step by step: what is quick to know comes first. Tests in queue mode wait for
 * most of their time.
 */
const STEPS = [['lint', 'types', 'scan'], ['unit'], ['e2e', 'queue']];

const NEED_N8N = ['e2e', 'queue'];

const total = { passed: 0, failed: 0, skipped: 0 };
const skippedTests: string[] = [];

interface JestResult {
	numPassedTests: number;
	numFailedTests: number;
	testResults: { assertionResults: { fullName: string; status: string }[] }[];
}

/** Checks that aren't test runs, side by side. */
async function check(scripts: string[]): Promise<void> {
	const passed = await Promise.all(
		scripts.map(async (script) => await runCommand('npm', 'run', '--silent', script)),
	);
	total.passed += passed.filter(Boolean).length;
	total.failed += passed.filter((one) => !one).length;
}

/** A run that wrote no result counts as failed. */
async function jest(workers: number, ...args: string[]): Promise<void> {
	rmSync(RESULTS, { force: true });
	// A test that fails to start may leave n8n running, and Jest would wait for it.
	const passed = await runCommand(
		'jest',
		...args,
		`--maxWorkers=${workers}`,
		// What a test file has loaded stays in memory when it has ended: a worker that is this large is replaced.
		'--workerIdleMemoryLimit=1.5GB',
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

function minutesOf(names: string[]): number {
	return Math.ceil(names.reduce((sum, name) => sum + (STAGES[name]?.minutes ?? 0), 0));
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
	console.log(`${names.join(', ')}: about ${minutesOf(names)} min on two cores.`);
	const startedAt = Date.now();
	// Beside the stages that come first: it waits for the network most of the time.
	const host = names.some((name) => NEED_N8N.includes(name)) ? installHost() : undefined;
	host?.catch(() => undefined);
	const steps = STEPS.map((step) => step.filter((name) => names.includes(name)));
	for (const step of steps.filter(({ length }) => length > 0)) {
		if (isStopping) break;
		const titles = step.map((name) => STAGES[name]?.title);
		console.log(`\n=== ${titles.join(', ')} (about ${minutesOf(step)} min)`);
		if (step.some((name) => NEED_N8N.includes(name))) await host;
		const stages = step.map((name) => STAGES[name]).filter((stage) => stage !== undefined);
		const scripts = stages.flatMap(({ script }) => script ?? []);
		if (scripts.length > 0) await check(scripts);
		const projects = stages.flatMap(({ projects }) => projects ?? []);
		const options = stages.flatMap(({ options }) => options ?? []);
		const workers = Math.max(...stages.map((stage) => stage.workers ?? 1));
		if (projects.length > 0) await jest(workers, '--selectProjects', ...projects, ...options);
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
