import { installHost } from '../n8n-host/install.mts';
import { packPackage } from '../n8n-host/pack.mts';
import {
	startSimulator,
	VALID_TOKEN,
	type Simulator,
	type SimulatorOptions,
} from '../simulator/index.mts';
import { startCluster, type Cluster } from './cluster.mts';

/** A simulated Truto, and n8n in queue mode with the packed package and a credential for it. */
export interface QueueWorld {
	simulator: Simulator;
	cluster: Cluster;
	credential: { id: string; name: string };
	close(): Promise<void>;
}

export async function startQueueWorld(options: {
	workers: number;
	simulator?: SimulatorOptions;
}): Promise<QueueWorld> {
	await installHost();
	const { tarball } = packPackage();
	const simulator = await startSimulator(options.simulator);
	try {
		const cluster = await startCluster({ tarball, workers: options.workers });
		const { api } = cluster.main;
		await api.signIn();
		const data = { apiToken: VALID_TOKEN, baseUrl: simulator.url };
		const { id, name } = await api.createCredential('Truto', 'trutoApi', data);
		const close = async () => {
			await cluster.close();
			await simulator.close();
		};
		return { simulator, cluster, credential: { id, name }, close };
	} catch (error) {
		await simulator.close();
		throw error;
	}
}
