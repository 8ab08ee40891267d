import { afterEach, beforeEach, jest } from '@jest/globals';

import {
	startSimulator,
	VALID_TOKEN,
	type Simulator,
	type SimulatorOptions,
} from '../simulator/index.mts';

// A machine that does other work besides takes its time.
jest.setTimeout(30_000);

/**
 * Gives each test of a file a simulated Truto of its own, so that no fault, data or use of the rate limit
 * comes from another test.
 */
export function useSimulator(options?: SimulatorOptions): () => Simulator {
	let simulator: Simulator | undefined;
	beforeEach(async () => {
		simulator = await startSimulator(options);
	});
	afterEach(async () => {
		await simulator?.close();
		simulator = undefined;
	});
	return () => {
		if (!simulator) throw new Error('Only tests have a simulator');
		return simulator;
	};
}

/** A run as the simulator sends it over HTTP, not going through the node. */
export async function rawRun(simulator: Simulator, id: string): Promise<string> {
	const response = await fetch(`${simulator.url}/sync-job-run/${id}`, {
		headers: { Authorization: `Bearer ${VALID_TOKEN}` },
	});
	const text = await response.text();
	simulator.clearRequests();
	return text;
}
