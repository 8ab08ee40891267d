import { startWorld } from '../../test/e2e/world.mts';
import { AT_ONCE, newEvents, sendAll, startTargets, type Send } from '../eventTargets.mts';
import { times } from '../commandLine.mts';
import { alternate, median, range, type Result } from '../result.mts';

const EVENTS = times(300, 60);
const PAIRS = times(4, 2);

/**
 * Events that start a workflow of one node, and forged ones, sent by 50 senders: how many are answered in
 * a second, against n8n's plain Webhook node with header authentication and the same bodies. That node
 * compares a text, and remembers nothing.
 */
export async function measureEvents(): Promise<Result[]> {
	const world = await startWorld({ simulator: { allowHttpWebhooks: true, recordRequests: false } });
	try {
		const senders = await startTargets(world);
		const seconds = async (send: Send, ...expected: number[]) => {
			const bodies = newEvents(world, EVENTS);
			const startedAt = performance.now();
			await sendAll(bodies, send, ...expected);
			return (performance.now() - startedAt) / 1000;
		};
		const measures = {
			events: async () => await seconds(senders.trigger, 200),
			accepted: async () => await seconds(senders.webhook, 200),
			// 503 while the trigger looks whether it has lost its secret, once a minute.
			forged: async () => await seconds(senders.forged, 401, 503),
			refused: async () => await seconds(senders.webhookRefused, 403),
		};
		// The first requests load the nodes.
		for (const measure of Object.values(measures)) await measure();
		const accepted = await alternate(PAIRS, measures.events, measures.accepted);
		const refused = await alternate(PAIRS, measures.forged, measures.refused);
		return [
			resultOf('events', 'executions', accepted, 0.8),
			resultOf('forged events', 'refusals', refused, 2),
		];
	} finally {
		await world.close();
	}
}

/** @param goal of the rates: ours, as so many times that of the Webhook node */
function resultOf(
	what: string,
	unit: string,
	{ ours, theirs, ratios }: Awaited<ReturnType<typeof alternate>>,
	goal: number,
): Result {
	const rates = ratios.map((ratio) => 1 / ratio);
	const rate = median(rates);
	return {
		measure: `${EVENTS} ${what}, ${AT_ONCE} at once`,
		measured: `${(EVENTS / ours).toFixed(1)} ${unit} per second against ${(EVENTS / theirs).toFixed(1)}; ${rate.toFixed(2)} x its rate (${range(rates)})`,
		goal: `at least ${goal} x`,
		met: rate >= goal,
	};
}
