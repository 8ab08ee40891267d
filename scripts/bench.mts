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
import { IS_QUICK, IS_STORED, NAMED, ONLY } from '../bench/commandLine.mts';
import { reportWith, table, type Measured } from '../bench/report.mts';
import { installHost } from '../test/n8n-host/install.mts';
import { HOST_FOLDER, ROOT } from '../test/n8n-host/paths.mts';

interface Measure {
	/** What is measured, and against what: for results.md. */
	about: string;
	take: () => Promise<Measured['results']>;
}

const MEASURES: Record<string, Measure> = {
	package: { about: 'Load time is that of all classes, in a new process.', take: measurePackage },
	largeRun: {
		about: 'The split of one large run against `JSON.parse` of its body.',
		take: measureLargeRun,
	},
	getAndSplit: {
		about:
			'_Get_ against HTTP Request, and _Get_ with split against HTTP Request, Edit Fields and Split Out: node times. Each run has 20 resources. The milliseconds after the number of runs are those that Truto takes to answer.',
		take: measureGetAndSplit,
	},
	engines: {
		about: '_Get_ without split against the plainest declarative node: node times.',
		take: measureEngines,
	},
	flatness: { about: '_Get_ without split: the time per run.', take: measureFlatness },
	memory: {
		about: '_Get_ with split against the nodes built by hand: memory above the idle n8n.',
		take: measureMemory,
	},
	events: {
		about: "Truto Trigger against n8n's Webhook node, with 50 events at once.",
		take: measureEvents,
	},
	processes: {
		about: "The package's client in plain Node.js processes that share a token.",
		take: measureProcesses,
	},
	slowAnswers: {
		about: 'Sweeps of 2,000 runs where Truto takes its time.',
		take: measureSlowAnswers,
	},
	sweep: {
		about: 'Sweeps against the limit of 500 per 10 s, and the same by HTTP Request in batches.',
		take: measureSweep,
	},
	n8nProcesses: { about: 'Whole n8n processes that share a token.', take: measureN8nProcesses },
};

/** `sweep` measures the same without delay, and `processes` the same without n8n. */
const NOT_QUICK = ['slowAnswers', 'n8nProcesses'];

function versionOf(folder: string): string {
	const file = join(folder, 'package.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

const unknown = NAMED.filter((name) => !(name in MEASURES));
if (unknown.length > 0) throw new Error(`Measures are: ${Object.keys(MEASURES).join(', ')}`);

await installHost();
const startedAt = performance.now();
// Above 0, something else ran: the figures then vary more.
const load = loadavg()[0]?.toFixed(1) ?? 'unknown';

async function run(name: string, { about, take }: Measure): Promise<Measured> {
	console.log(`Measuring: ${name} ...`);
	const from = performance.now();
	const results = await take();
	const seconds = ((performance.now() - from) / 1000).toFixed(0);
	console.log(`Measured: ${name}, in ${seconds} s\n\n${table(results)}\n`);
	return { name, about, circumstances: circumstances(seconds), results };
}

function circumstances(seconds: string): string {
	const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT }).toString();
	const n8n = versionOf(join(HOST_FOLDER, 'node_modules', 'n8n'));
	const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}`;
	const quick = IS_QUICK ? ', with `--quick`, so ratios vary more' : '';
	return `${new Date().toISOString().slice(0, 10)} at commit ${commit.trim()}, in ${seconds} s${quick}: n8n ${n8n}, Node.js ${process.version}, ${machine}, load ${load} before the start.`;
}

const measured: Measured[] = [];
for (const [name, measure] of Object.entries(MEASURES)) {
	const isWanted = NAMED.length > 0 ? NAMED.includes(name) : !IS_QUICK || !NOT_QUICK.includes(name);
	if (!isWanted) continue;
	measured.push(await run(name, measure));
}
console.log(`Took ${((performance.now() - startedAt) / 60_000).toFixed(1)} minutes`);

// A part of a measure must not take the place of the whole one.
const isPart = ONLY.runs !== undefined || ONLY.latencyMs !== undefined;
if (!isPart && (IS_STORED || (NAMED.length === 0 && !IS_QUICK))) {
	const file = join(ROOT, 'bench', 'results.md');
	const text = reportWith(readFileSync(file, 'utf8'), measured, Object.keys(MEASURES));
	writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}
const results = measured.flatMap((one) => one.results);
process.exitCode = results.every(({ met }) => met !== false) ? 0 : 1;
