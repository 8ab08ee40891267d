import { startWorld } from '../../test/e2e/world.mts';
import { AT_ONCE, newEvents, sendAll, startTargets, type Send } from '../eventTargets.mts';
import { times } from '../commandLine.mts';
import { alternate, median, range, type Result } from '../result.mts';

const SIZES = [50, 200, 480].slice(0, times(3, 1));
/** How long Truto takes to answer: the trigger looks up names for the workflow. */
const ANSWER_MS = [0, 150];
const FORGED = times(200, 50);
const PAIRS = times(2, 1);

/**
 * Events that start a workflow of one node, and forged ones, sent by 50 senders: how many are answered in
 * a second, against n8n's plain Webhook node with header authentication and the same bodies. That node
 * compares a text, and remembers nothing.
 */
export async function measureEvents(): Promise<Result[]> {
	const world = await startWorld({ simulator: { allowHttpWebhooks: true, recordRequests: false } });
	try {
		const senders = await startTargets(world);
		const seconds = async (count: number, send: Send, ...expected: number[]) => {
			const bodies = newEvents(world, count);
			const startedAt = performance.now();
			await sendAll(bodies, send, ...expected);
			return (performance.now() - startedAt) / 1000;
		};
		const accepted = async (count: number) =>
			await alternate(
				PAIRS,
				async () => await seconds(count, senders.trigger, 200),
				async () => await seconds(count, senders.webhook, 200),
			);
		const refused = async () =>
			await alternate(
				PAIRS,
				// 503 while the trigger looks whether it has lost its secret, once a minute.
				async () => await seconds(FORGED, senders.forged, 401, 503),
				async () => await seconds(FORGED, senders.webhookRefused, 403),
			);
		// The first requests load the nodes.
		await accepted(AT_ONCE);
		const results: Result[] = [];
		for (const answerMs of ANSWER_MS) {
			world.simulator.faults.clear();
			if (answerMs > 0) world.simulator.faults.random(1, { kind: 'delayHeaders', ms: answerMs });
			for (const count of SIZES) {
				const what = `${count} events, ${answerMs} ms`;
				results.push(resultOf(what, await accepted(count), count, 0.8));
			}
		}
		world.simulator.faults.clear();
		results.push(resultOf(`${FORGED} forged events`, await refused(), FORGED, 2));
		return results;
	} finally {
		await world.close();
	}
}

/** @param goal of the rates: ours, as so many times that of the Webhook node */
function resultOf(
	measure: string,
	{ ours, theirs, ratios }: Awaited<ReturnType<typeof alternate>>,
	count: number,
	goal: number,
): Result {
	const rates = ratios.map((ratio) => 1 / ratio);
	const rate = median(rates);
	return {
		measure,
		measured: `${rate.toFixed(2)} x its rate (${range(rates)}), ${(count / ours).toFixed(1)} / ${(count / theirs).toFixed(1)} per second`,
		goal: `>= ${goal} x`,
		met: rate >= goal,
	};
}
