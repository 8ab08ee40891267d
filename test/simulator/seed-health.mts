import { fixedId } from './constants.mts';
import { ACCOUNT_ARGUMENT } from './job-args.mts';
import { counters } from './seed-stats.mts';
import type { Store } from './store.mts';
import type { RunInput, SyncJobInput } from './types.mts';

const HOUR_MS = 3_600_000;

/** The sync jobs of `seedHealth`. */
export const HEALTH_JOBS = {
	contacts: fixedId('5ae0', 1),
	/** Of version 4: takes the account as an argument, and has a graph of nodes. */
	tickets: fixedId('5ae0', 2),
	/** Asks for companies, but keeps contacts only. */
	deals: fixedId('5ae0', 3),
} as const;

/** The customer whose sync is in each state. All others are healthy. */
export const HEALTH_CUSTOMERS = {
	failing: 1,
	late: 2,
	stuck: 3,
	losing: 4,
	reconnect: 5,
	running: 6,
	neverRan: 7,
	recovered: 8,
} as const;

export const customerAccount = (number: number): string => fixedId('ace0', number);
export const customerName = (number: number): string =>
	`customer-${String(number).padStart(3, '0')}`;

/**
 * Fills an empty store with customers who each have one sync of one of three jobs, four runs in two days,
 * and some with a problem: see {@link HEALTH_CUSTOMERS}.
 */
export function seedHealth(store: Store, customers = 200): void {
	addJobs(store);
	for (let number = 1; number <= customers; number++) addCustomer(store, number);
}

function addJobs(store: Store): void {
	const job = (id: string, label: string, resources: SyncJobInput['resources']) =>
		store.addSyncJob({ id, label, integration_name: 'hubspot', resources });
	job(HEALTH_JOBS.contacts, 'HubSpot contacts', [{ resource: 'crm/contacts', method: 'list' }]);
	job(HEALTH_JOBS.deals, 'HubSpot deals', [
		{ resource: 'companies', method: 'list', persist: false },
		{ resource: 'crm/deals', method: 'list' },
	]);
	store.addSyncJob({
		id: HEALTH_JOBS.tickets,
		label: 'HubSpot tickets',
		integration_name: 'hubspot',
		default_runtime_version: 4,
		args_schema: {
			[ACCOUNT_ARGUMENT]: { type: 'string', format: 'integrated_account_id', required: true },
		},
		resources: [
			{ name: 'list-tickets', type: 'request', resource: 'ticketing/tickets', method: 'list' },
			{ name: 'send', type: 'destination', resources_to_persist: ['list-tickets'] },
		],
	});
}

function addCustomer(store: Store, number: number): void {
	const { failing, late, stuck, losing, reconnect, running, neverRan, recovered } =
		HEALTH_CUSTOMERS;
	const account = customerAccount(number);
	store.addIntegratedAccount({
		id: account,
		tenant_id: customerName(number),
		status: number === reconnect ? 'needs_reauth' : 'active',
	});
	const addRuns = (...runs: [hoursAgo: number, input?: RunInput][]) => {
		for (const [hoursAgo, input] of runs) store.addRun(runOf(store, number, hoursAgo, input));
	};
	const schedule = (createdAt: string) =>
		store.addCronTrigger({
			sync_job_id: jobOf(number).id,
			integrated_account_id: account,
			cron_expression: '0 * * * *',
			is_scheduled: true,
			created_at: createdAt,
			updated_at: createdAt,
		});
	const failed: RunInput = { status: 'failed' };
	const lost: RunInput = { resource_stats: lostStats(number) };
	const open = { status: 'running', finished_at: null };
	if (number === failing) addRuns([1, failed], [13, failed], [25, failed], [37]);
	else if (number === late) {
		schedule(hoursAgo(store, 1_000));
		addRuns([20], [21]);
	} else if (number === stuck) addRuns([2, open], [13], [25], [37]);
	else if (number === losing) addRuns([1, lost], [13, lost], [25], [37]);
	else if (number === reconnect) addRuns([1, failed], [13], [25], [37]);
	else if (number === running) {
		addRuns([1, { ...open, updated_at: hoursAgo(store, 0) }], [13], [25], [37]);
	} else if (number === neverRan) schedule(hoursAgo(store, 0));
	else if (number === recovered) addRuns([1], [13, failed], [25], [37]);
	else addRuns([1], [13], [25], [37]);
}

/** Fetched 100 contacts or tickets; deals come with companies, which are left out on purpose. */
function jobOf(number: number): { id: string; stats: Record<string, number> } {
	if (number % 3 === 1) return { id: HEALTH_JOBS.contacts, stats: { 'crm/contacts': 100 } };
	if (number % 3 === 2) return { id: HEALTH_JOBS.tickets, stats: { 'ticketing/tickets': 100 } };
	return { id: HEALTH_JOBS.deals, stats: { 'crm/deals': 100 } };
}

function runOf(store: Store, number: number, hours: number, input: RunInput = {}): RunInput {
	const { id, stats } = jobOf(number);
	const ended = hoursAgo(store, hours - 0.5);
	return {
		id: fixedId(`c0${String(Math.floor(hours)).padStart(2, '0')}`, number),
		sync_job_id: id,
		integrated_account_id: customerAccount(number),
		args: id === HEALTH_JOBS.tickets ? { [ACCOUNT_ARGUMENT]: customerAccount(number) } : {},
		status: 'completed',
		resource_stats: {
			...(id === HEALTH_JOBS.deals ? { companies: { list: { fetched: 9, persisted: 0 } } } : {}),
			...counters(stats),
		},
		created_at: hoursAgo(store, hours),
		updated_at: input.finished_at === null ? hoursAgo(store, hours) : ended,
		finished_at: ended,
		...input,
	};
}

function lostStats(number: number) {
	const [resource = ''] = Object.keys(jobOf(number).stats);
	return { [resource]: { list: { fetched: 100, persisted: 0 } } };
}

function hoursAgo(store: Store, hours: number): string {
	return new Date(store.clock.now() - hours * HOUR_MS).toISOString();
}
