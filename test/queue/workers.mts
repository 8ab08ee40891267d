import { basename } from 'node:path';

import type { N8nInstance } from '../n8n-host/n8n.mts';

/** The workers of a cluster. */
export class Workers {
	private readonly all: N8nInstance[] = [];

	private readonly gone = new Set<N8nInstance>();

	private readonly start: (folder: string) => Promise<N8nInstance>;

	private added = 0;

	/** @param start starts a worker whose data folder has this name */
	constructor(start: (folder: string) => Promise<N8nInstance>) {
		this.start = start;
	}

	get running(): N8nInstance[] {
		return this.all.filter((worker) => !this.gone.has(worker));
	}

	async add(): Promise<N8nInstance> {
		return await this.startIn(`worker-${++this.added}`);
	}

	/** Ends a worker as a crash does, without a chance to tell anyone. */
	async kill(worker: N8nInstance): Promise<void> {
		this.gone.add(worker);
		await worker.stop('SIGKILL');
	}

	/** Starts a killed worker with the data that it left, as a container is restarted. */
	async restart(worker: N8nInstance): Promise<N8nInstance> {
		return await this.startIn(basename(worker.userFolder));
	}

	/** The worker that an execution ran on, also one that is gone. */
	of(executionId: string): N8nInstance | undefined {
		return this.all.find((worker) =>
			worker.logs().includes(`Worker started execution ${executionId} (`),
		);
	}

	private async startIn(folder: string): Promise<N8nInstance> {
		const worker = await this.start(folder);
		this.all.push(worker);
		return worker;
	}
}
