import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { freePort, startN8n, type N8nInstance, type Role } from '../n8n-host/n8n.mts';
import { temporaryFolder } from '../n8n-host/run.mts';
import { POSTGRES_USER, startPostgres, startRedis } from './services.mts';
import { Workers } from './workers.mts';

export interface ClusterOptions {
	/** The packed package, see `pack.mts`. */
	tarball: string;
	workers: number;
}

/** n8n in queue mode: each process has its own user folder, as it has its own container elsewhere. */
export interface Cluster {
	/** Has the REST API, and puts executions into the queue. */
	main: N8nInstance;
	workers: Workers;
	/** Ends the main process and starts another in its place. */
	restartMain(signal: NodeJS.Signals): Promise<void>;
	/** Takes the calls to the URLs of active workflows. */
	webhook: N8nInstance;
	/** Starts one more process like `webhook`. */
	addWebhook(): Promise<N8nInstance>;
	/** Stops all and removes their data. */
	close(): Promise<void>;
}

/**
 * A crashed worker is noticed within their sum; n8n's own settings take 90 s. Not lower: a worker that
 * is only busy must renew its lock in time.
 */
const STALL_SETTINGS = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

export async function startCluster({ tarball, workers: count }: ClusterOptions): Promise<Cluster> {
	const folder = temporaryFolder('queue');
	// PostgreSQL may run as another user, who must get to its folder in this one.
	chmodSync(folder, 0o711);
	/** Runs in the reverse order, so that n8n ends before what it talks to. */
	const cleanups: (() => Promise<void>)[] = [];
	const close = async () => {
		for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const redis = await startRedis(join(folder, 'redis'));
		cleanups.push(redis.stop);
		const postgres = await startPostgres(join(folder, 'postgres'));
		cleanups.push(postgres.stop);
		const webhookPort = await freePort();
		const env = {
			...queueEnvironment(redis.port, postgres.port),
			// What triggers tell Truto: calls go to the webhook process alone.
			N8N_WEBHOOK_URL: `http://127.0.0.1:${webhookPort}/`,
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		};

		const startProcess = async (role: Role, name: string, port?: number) => {
			const userFolder = join(folder, name);
			const n8n = await startN8n({ tarball, role, env, userFolder, port });
			cleanups.push(async () => await n8n.stop());
			return n8n;
		};
		const workers = new Workers(async (name) => await startProcess('worker', name));
		// The first process makes the tables.
		const main = await startProcess('start', 'main');
		const [webhook] = await allOrNone([
			startProcess('webhook', 'webhook', webhookPort),
			...Array.from({ length: count }, async () => await workers.add()),
		]);
		if (!webhook) throw new Error('No webhook process');
		const addWebhook = async () => await startProcess('webhook', `webhook-${await freePort()}`);
		const restartMain = async (signal: NodeJS.Signals) => {
			const { stop, port } = cluster.main;
			await stop(signal);
			cluster.main = await startProcess('start', 'main', port);
			await cluster.main.api.signIn();
		};
		const cluster: Cluster = { main, webhook, addWebhook, restartMain, workers, close };
		return cluster;
	} catch (error) {
		await close();
		throw error;
	}
}

/** Like `Promise.all`, but if one fails it waits for the others: they have to be stopped as well. */
async function allOrNone<T>(promises: Promise<T>[]): Promise<T[]> {
	await Promise.allSettled(promises);
	return await Promise.all(promises);
}

function queueEnvironment(redisPort: number, postgresPort: number): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: POSTGRES_USER,
		N8N_ENCRYPTION_KEY: 'the-same-in-every-process',
		// Workers say at this level which execution they run.
		N8N_LOG_LEVEL: 'info',
		...STALL_SETTINGS,
	};
}
