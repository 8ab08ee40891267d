import { installHost } from '../n8n-host/install.mts';
import { startN8n, type N8nInstance, type N8nOptions } from '../n8n-host/n8n.mts';
import { packPackage } from '../n8n-host/pack.mts';
import { giveBack, restartN8n, takeN8n } from '../n8n-host/shared.mts';
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
	/**
	 * Ends n8n, SIGKILL for a crash, and starts it anew with its data.
	 *
	 * @param meanwhile done while it is off
	 */
	restart(signal: NodeJS.Signals, meanwhile?: () => void): Promise<void>;
	close(): Promise<void>;
}

export interface WorldOptions {
	simulator?: SimulatorOptions;
	/** Whether a browser opens n8n's editor. */
	editor?: boolean;
	/** Of an n8n of its own. Without them, it is one that other test files have used and will use. */
	n8n?: Partial<N8nOptions>;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
	await installHost();
	const { tarball } = packPackage();
	const simulator = await startSimulator(options.simulator);
	const n8n = options.n8n
		? await startOwn(tarball, options.n8n)
		: await takeN8n(tarball, options.editor ?? false);
	const data = { apiToken: VALID_TOKEN, baseUrl: simulator.url };
	const { id, name } = await n8n.api.createCredential('Truto', 'trutoApi', data);
	const world: World = {
		simulator,
		n8n,
		credential: { id, name },
		restart: async (signal, meanwhile) => {
			await world.n8n.stop(signal);
			meanwhile?.();
			world.n8n = await restartN8n(world.n8n, tarball);
		},
		close: async () => {
			if (options.n8n) await world.n8n.stop();
			else await giveBack(world.n8n);
			await simulator.close();
		},
	};
	return world;
}

async function startOwn(tarball: string, options: Partial<N8nOptions>): Promise<N8nInstance> {
	const n8n = await startN8n({ tarball, ...options });
	await n8n.api.signIn();
	return n8n;
}
