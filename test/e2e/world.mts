import { installHost } from '../n8n-host/install.mts';
import { startN8n, type N8nInstance, type N8nOptions } from '../n8n-host/n8n.mts';
import { packPackage } from '../n8n-host/pack.mts';
import {
	startSimulator,
	VALID_TOKEN,
	type Simulator,
	type SimulatorOptions,
} from '../simulator/index.mts';

/** A simulated Truto, and a real n8n with the packed package and a credential for it. */
export interface World {
	simulator: Simulator;
	n8n: N8nInstance;
	credential: { id: string; name: string };
	close(): Promise<void>;
}

export async function startWorld(
	options: { simulator?: SimulatorOptions; n8n?: Partial<N8nOptions> } = {},
): Promise<World> {
	await installHost();
	const { tarball } = packPackage();
	const simulator = await startSimulator(options.simulator);
	const n8n = await startN8n({ tarball, ...options.n8n });
	await n8n.api.signIn();
	const data = { apiToken: VALID_TOKEN, baseUrl: simulator.url };
	const { id, name } = await n8n.api.createCredential('Truto', 'trutoApi', data);
	const world: World = {
		simulator,
		n8n,
		credential: { id, name },
		close: async () => {
			// A test may have restarted it.
			await world.n8n.stop();
			await simulator.close();
		},
	};
	return world;
}
