import axios from 'axios';
import type { AxiosInstance } from 'axios';

import { VALID_TOKEN } from './constants.mts';
import type { Simulator } from './index.mts';
import type { SyncJobRun } from './types.mts';

/** A list answer. */
export interface Page<T> {
	result: T[];
	next_cursor: string | null;
	prev_cursor: string | null;
	limit: number;
}

/** A client that takes every status as an answer. `token: null` sends none. */
export function clientFor(simulator: Simulator, token: string | null = VALID_TOKEN): AxiosInstance {
	return axios.create({
		baseURL: simulator.url,
		validateStatus: () => true,
		maxRedirects: 0,
		headers: token === null ? {} : { Authorization: `Bearer ${token}` },
	});
}

/** Gets a page of runs. */
export async function getRuns(
	client: AxiosInstance,
	params: Record<string, string | number> = {},
): Promise<Page<SyncJobRun>> {
	const { data, status } = await client.get<Page<SyncJobRun>>('/sync-job-run', { params });
	if (status !== 200) throw new Error(`Status ${String(status)}: ${JSON.stringify(data)}`);
	return data;
}

/** Waits (in real time) until something holds. */
export async function until(holds: () => boolean, timeoutMs = 60_000): Promise<void> {
	const end = Date.now() + timeoutMs;
	while (!holds()) {
		if (Date.now() > end) throw new Error('Timed out');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
