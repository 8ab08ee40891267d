import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { installHost } from '../test/n8n-host/install.mts';
import { CACHE_FOLDER } from '../test/n8n-host/paths.mts';

/** The share of lines of nodes/ and credentials/ that unit and engine tests must run. */
const COVERED_LINES = 95;

const RESULTS = join(CACHE_FOLDER, 'jest.json');
const total = { passed: 0, failed: 0 };

function heading(text: string): void {
	console.log(`\n=== ${text}`);
}

function run(command: string, ...args: string[]): boolean {
	return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

/** A check that is no test run counts as one test. */
function check(name: string, script: string): void {
	heading(name);
	if (run('npm', 'run', '--silent', script)) total.passed++;
	else total.failed++;
}

/** Jest ends with an error where a project has no tests, and so does a run that wrote no result. */
function jest(name: string, ...args: string[]): void {
	heading(name);
	rmSync(RESULTS, { force: true });
	const passed = run('jest', ...args, '--json', `--outputFile=${RESULTS}`);
	if (!existsSync(RESULTS)) {
		total.failed++;
		return;
	}
	const result = JSON.parse(readFileSync(RESULTS, 'utf8')) as {
		numPassedTests: number;
		numFailedTests: number;
	};
	total.passed += result.numPassedTests;
	// A suite that did not load, or too little coverage, fails without a failed test.
	total.failed += Math.max(result.numFailedTests, passed ? 0 : 1);
}

const startedAt = Date.now();
mkdirSync(CACHE_FOLDER, { recursive: true });
check('Lint', 'lint');
check('Types', 'types');
check("n8n's scan of the package", 'scan');
jest(
	'Unit, simulator and engine tests',
	// One after the other: some tests measure time.
	...['--selectProjects', 'unit', 'simulator', 'engine', '--coverage', '--runInBand'],
	'--coverageReporters=text-summary',
	`--coverageThreshold={"global":{"lines":${COVERED_LINES}}}`,
);
heading('End-to-end tests');
await installHost();
jest('', '--selectProjects', 'e2e', '--runInBand');
jest("Tests in n8n's queue mode", '--selectProjects', 'queue', '--runInBand');
console.log(`\nTook ${Math.round((Date.now() - startedAt) / 1000)} s`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
