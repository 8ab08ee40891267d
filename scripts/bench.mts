import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { measureEngines } from '../bench/measures/engines.mts';
import { measureEvents } from '../bench/measures/events.mts';
import { measureFlatness } from '../bench/measures/flatness.mts';
import { measureGetAndSplit } from '../bench/measures/getAndSplit.mts';
import { measureLargeRun } from '../bench/measures/largeRun.mts';
import { measureMemory } from '../bench/measures/memory.mts';
import { measureN8nProcesses } from '../bench/measures/n8nProcesses.mts';
import { measurePackage } from '../bench/measures/package.mts';
import { measureProcesses } from '../bench/measures/processes.mts';
import { measureSlowAnswers } from '../bench/measures/slowAnswers.mts';
import { measureSweep } from '../bench/measures/sweep.mts';
import { IS_QUICK } from '../bench/quick.mts';
import type { Result } from '../bench/result.mts';
import { installHost } from '../test/n8n-host/install.mts';
import { HOST_FOLDER, ROOT } from '../test/n8n-host/paths.mts';

// npm run bench, or only some: npm run bench -- sweep memory; or with fewer repeats: npm run bench -- --quick.
// --quick --store writes bench/results.md, too, and says there that it was quick.
const MEASURES: Record<string, () => Promise<Result[]>> = {
	package: measurePackage,
	largeRun: measureLargeRun,
	getAndSplit: measureGetAndSplit,
	engines: measureEngines,
	flatness: measureFlatness,
	memory: measureMemory,
	events: measureEvents,
	processes: measureProcesses,
	slowAnswers: measureSlowAnswers,
	sweep: measureSweep,
	n8nProcesses: measureN8nProcesses,
};

/** It waits for the rate limit nearly all the time, as those after it do: they run side by side. */
const IN_BACKGROUND = 'processes';

/** `sweep` measures the same without delay, and `processes` the same without n8n. */
const NOT_QUICK = ['slowAnswers', 'n8nProcesses'];

function versionOf(folder: string): string {
	const file = join(folder, 'package.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function table(results: Result[]): string {
	const lines = results.map(
		({ measure, measured, goal, met }) =>
			`| ${measure} | ${measured} | ${goal ?? '-'} | ${met === undefined ? '-' : met ? 'yes' : '**no**'} |`,
	);
	return ['| measure | measured | goal | met |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

const wanted = process.argv.slice(2).filter((name) => !name.startsWith('--'));
const isStored = !IS_QUICK || process.argv.includes('--store');
const unknown = wanted.filter((name) => !(name in MEASURES));
if (unknown.length > 0) throw new Error(`Measures are: ${Object.keys(MEASURES).join(', ')}`);

await installHost();
const startedAt = performance.now();
// Above 0, something else ran: the figures then vary more.
const load = loadavg()[0]?.toFixed(1) ?? 'unknown';

async function run(name: string, measure: () => Promise<Result[]>): Promise<Result[]> {
	console.log(`Measuring: ${name} ...`);
	const from = performance.now();
	const measured = await measure();
	console.log(`Measured: ${name}, in ${((performance.now() - from) / 1000).toFixed(0)} s`);
	for (const { measure: what, measured: result } of measured) console.log(`  ${what}: ${result}`);
	return measured;
}

const measuring: Promise<Result[]>[] = [];
for (const [name, measure] of Object.entries(MEASURES)) {
	const isWanted =
		wanted.length > 0 ? wanted.includes(name) : !IS_QUICK || !NOT_QUICK.includes(name);
	if (!isWanted) continue;
	const one = run(name, measure);
	measuring.push(one);
	if (name !== IN_BACKGROUND) await one;
}
const results = (await Promise.all(measuring)).flat();
console.log(`\n${table(results)}`);

const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
const quick = IS_QUICK
	? ' With `--quick`: fewer repeats and smaller sizes, so ratios vary more.'
	: '';
console.log(`\nTook ${minutes} minutes; load of the machine before: ${load}.${quick}`);
// A part of the table must not take the place of the whole one.
if (wanted.length === 0 && isStored) {
	const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT }).toString();
	const [cpu] = cpus();
	const text = `# Bench

Written by \`npm run bench${IS_QUICK ? ' -- --quick --store' : ''}\` in ${minutes} minutes on ${new Date().toISOString().slice(0, 10)} at commit ${commit.trim()}: n8n ${versionOf(join(HOST_FOLDER, 'node_modules', 'n8n'))}, Node.js ${process.version}, ${cpus().length} x ${cpu?.model ?? 'unknown CPU'}, load ${load} before the start.${quick} Both ways run in the same n8n in turns; ratios are medians over the pairs, the range behind them.

${table(results)}
`;
	const file = join(ROOT, 'bench', 'results.md');
	writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
process.exitCode = results.every(({ met }) => met !== false) ? 0 : 1;
