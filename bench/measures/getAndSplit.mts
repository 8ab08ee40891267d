import { isDeepStrictEqual } from 'node:util';

import type { Workflow } from '../../test/n8n-host/workflow.mts';
import { startBenchHost, startSimulatorProcess } from '../host.mts';
import { ONLY, times } from '../commandLine.mts';
import { alternate, range, type Result } from '../result.mts';
import { handBuiltWorkflow, time, trutoWorkflow, type Task } from '../workflows.mts';

const LARGE = times(1_000, 500);
const RESOURCES = 20;
const PAIRS = times(5, 2);

/** What people have: up to one window of runs, and a Truto that is some way off. */
const SIZES = ONLY.runs ?? [20, 50, 200, 480];
const ANSWER_MS = ONLY.latencyMs ?? [0, 150, 400].slice(0, times(3, 2));
const isPart = ONLY.runs !== undefined || ONLY.latencyMs !== undefined;

/**
 * *Get* of many runs against the same by HTTP Request, with and without split: node times. The chain for a
 * split is HTTP Request, Edit Fields and Split Out.
 */
export async function measureGetAndSplit(): Promise<Result[]> {
	const simulator = await startSimulatorProcess('off');
	const host = await startBenchHost(simulator);
	const ids = await simulator.addRuns(Math.max(LARGE, ...SIZES), RESOURCES);
	const task = { simulator, host, ids };
	try {
		const results: Result[] = [];
		for (const answerMs of ANSWER_MS) {
			await simulator.reset();
			if (answerMs > 0) await simulator.delayAnswers(answerMs);
			for (const size of SIZES) {
				const some = { ...task, ids: ids.slice(0, size) };
				const isFar = answerMs > 150;
				results.push(await compare(some, false, 'credential', isFar ? 1.1 : 1, answerMs));
				results.push(await compare(some, true, 'credential', isFar ? 0.9 : 0.6, answerMs));
			}
		}
		if (isPart) return results;
		await simulator.reset();
		const large = { ...task, ids: ids.slice(0, LARGE) };
		results.push(await compare(large, false, 'credential', 1.05));
		results.push(await compare(large, true, 'credential', 0.5));
		results.push(await compare(large, false, 'typed in'));
		results.push(await compare(large, true, 'typed in'));
		return results;
	} finally {
		await host.stop();
		simulator.stop();
	}
}

async function compare(
	task: Task,
	split: boolean,
	token: 'credential' | 'typed in',
	goal?: number,
	answerMs = 0,
): Promise<Result> {
	const ours = trutoWorkflow(task, split);
	const theirs = handBuiltWorkflow(task, split, { token });
	await checkSameRows(task, ours, theirs);
	const { ratio, ratios, ...ms } = await alternate(
		PAIRS,
		async () => (await time(task.host, ours)).nodesMs,
		async () => (await time(task.host, theirs)).nodesMs,
	);
	const what = split ? '_Get_ + split' : '_Get_';
	const how = token === 'credential' ? '' : ', token typed in';
	const result = {
		measure: `${what}, ${task.ids.length} runs, ${answerMs} ms${how}`,
		measured: `${ratio.toFixed(2)} x (${range(ratios)}), ${ms.ours.toFixed(0)} / ${ms.theirs.toFixed(0)} ms`,
		...(goal !== undefined && { goal: `<= ${goal} x`, met: ratio <= goal }),
	};
	// Each of the many takes its time, so it is shown at once.
	console.log(`  ${result.measure}: ${result.measured}`);
	return result;
}

/** The two are compared only because they give the same; this warms both up, too. */
async function checkSameRows({ host }: Task, ours: Workflow, theirs: Workflow): Promise<void> {
	const { rows } = await time(host, ours);
	if (!isDeepStrictEqual(rows, (await time(host, theirs)).rows)) {
		throw new Error('The two ways give different rows');
	}
}
