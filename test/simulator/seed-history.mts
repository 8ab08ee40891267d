import { ACCOUNTS, SYNC_JOBS, fixedId } from './constants.mts';
import { seededRandom } from './random.mts';
import { requestsOf } from './resources.mts';
import { counters } from './seed-stats.mts';
import type { Store } from './store.mts';

const SECOND_MS = 1_000;
const HOUR_MS = 60 * 60 * SECOND_MS;

/** Adds 60 runs over the last month, so that lists have pages. */
export function seedHistory(store: Store): void {
	const now = store.clock.now();
	const random = seededRandom(60);
	const pairs = [
		[SYNC_JOBS.crm, ACCOUNTS.hubspot],
		[SYNC_JOBS.ticketing, ACCOUNTS.zendesk],
		[SYNC_JOBS.hris, ACCOUNTS.bamboohr],
		[SYNC_JOBS.proxy, ACCOUNTS.salesforce],
	] as const;
	for (let index = 0; index < 60; index++) {
		const [sync_job_id, integrated_account_id] = pairs[index % pairs.length] ?? pairs[0];
		const createdAt = now - 6 * HOUR_MS - index * 12 * HOUR_MS;
		const finished = new Date(
			createdAt + 30 * SECOND_MS + random() * 600 * SECOND_MS,
		).toISOString();
		const [first] = requestsOf(store.syncJobs.get(sync_job_id)?.resources ?? []);
		store.addRun({
			id: fixedId('d000', index + 1),
			sync_job_id,
			integrated_account_id,
			status: index % 7 === 3 ? 'failed' : 'completed',
			created_at: new Date(createdAt).toISOString(),
			started_at: new Date(createdAt + 2 * SECOND_MS).toISOString(),
			updated_at: finished,
			finished_at: finished,
			resource_stats: counters({
				[first?.resource ?? 'contacts']: Math.floor(random() * 900) + 1,
			}),
		});
	}
}
