import { isDeepStrictEqual } from 'node:util';

import type { Workflow } from '../../test/n8n-host/workflow.mts';
import { startBenchHost, startSimulatorProcess } from '../host.mts';
import { times } from '../quick.mts';
import { alternate, range, type Result } from '../result.mts';
import { handBuiltWorkflow, time, trutoWorkflow, type Task } from '../workflows.mts';

const RUNS = times(1_000, 500);
const RESOURCES = 20;
const PAIRS = times(5, 2);

/** What people have: up to one window of runs, and a Truto that is some way off. */
const SIZES = [20, 50, 200, 480];
const ANSWER_MS = [0, 150, 400].slice(0, times(3, 2));

/** *Get* of many runs against the same by HTTP Request, with and without split. */
export async function measureGetAndSplit(): Promise<Result[]> {
	const simulator = await startSimulatorProcess('off');
	const host = await startBenchHost(simulator);
	const ids = await simulator.addRuns(RUNS, RESOURCES);
	const task = { simulator, host, ids };
	try {
		const results: Result[] = [];
		for (const answerMs of ANSWER_MS) {
			await simulator.reset();
			if (answerMs > 0) await simulator.delayAnswers(answerMs);
			for (const size of SIZES) {
				const some = { ...task, ids: ids.slice(0, size) };
				const isFar = answerMs > 150;
				const where = `answers after ${answerMs} ms`;
				results.push(await compare(some, true, 'credential', isFar ? 0.9 : 0.6, where));
				results.push(await compare(some, false, 'credential', isFar ? 1.1 : 1, where));
			}
		}
		await simulator.reset();
		return [
			...results,
			await compare(task, true, 'credential', 0.5),
			await compare(task, true, 'typed in'),
			await compare(task, false, 'credential', 1.05),
			await compare(task, false, 'typed in'),
		];
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
	where = 'answers at once',
): Promise<Result> {
	const ours = trutoWorkflow(task, split);
	const theirs = handBuiltWorkflow(task, split, { token });
	await checkSameRows(task, ours, theirs);
	const { ratio, ratios, ...ms } = await alternate(
		PAIRS,
		async () => (await time(task.host, ours)).nodesMs,
		async () => (await time(task.host, theirs)).nodesMs,
	);
	const what = split ? '*Get* + split' : '*Get*, no split';
	const against = split ? 'HTTP Request + Edit Fields + Split Out' : 'a bare HTTP Request';
	const how = token === 'credential' ? 'with a credential' : 'with the token typed in';
	return {
		measure: `${what}, ${task.ids.length} runs x ${RESOURCES} resources, ${where}, against ${against}, ${how}: node times`,
		measured: `${ratio.toFixed(2)} x (${range(ratios)}; ${ms.ours.toFixed(0)} ms against ${ms.theirs.toFixed(0)} ms)`,
		...(goal !== undefined && { goal: `<= ${goal} x`, met: ratio <= goal }),
	};
}

/** The two are compared only because they give the same; this warms both up, too. */
async function checkSameRows({ host }: Task, ours: Workflow, theirs: Workflow): Promise<void> {
	const { rows } = await time(host, ours);
	if (!isDeepStrictEqual(rows, (await time(host, theirs)).rows)) {
		throw new Error('The two ways give different rows');
	}
}
