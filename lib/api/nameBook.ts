import type { TrutoClient } from '../transport/client';
import { TrutoError } from '../transport/trutoError';
import { INTEGRATED_ACCOUNT, SYNC_JOB, type Kind } from '../truto/kinds';
import type { Nameable } from '../truto/names';
import { idKey } from '../truto/references';
import { fetchAccount, accountPages } from './integratedAccounts';
import { Lookup, type Source } from './lookup';
import { fetchSyncJob, syncJobPages } from './syncJobs';

/** What an account says about the names of its runs. */
interface AccountNames {
	tenantId: string | null;
	integrationName: string | null;
}

/** What a sync job says about the names of its runs. */
interface JobNames {
	label: string | null;
	integrationName: string | null;
}

/** A kind of thing that could not be read. */
export interface Unread {
	kind: Kind;
	error: unknown;
}

/**
 * The customers and labels that Truto leaves out of runs and schedules, looked up with as few requests as
 * possible. A look-up that fails leaves null, and ends the look-ups of its kind.
 */
export class NameBook {
	private readonly accounts: Lookup<AccountNames>;

	private readonly jobs: Lookup<JobNames>;

	/** The kinds that could not be read. */
	readonly unread: Unread[] = [];

	private readonly signal?: AbortSignal;

	constructor(client: TrutoClient) {
		const forExtras = client.forExtras();
		this.accounts = new Lookup(accountSource(forExtras));
		this.jobs = new Lookup(jobSource(forExtras));
		this.signal = client.signal;
	}

	/** Whether nothing more can be looked up, because the client's work has ended. */
	get isClosed(): boolean {
		return this.signal?.aborted ?? false;
	}

	/**
	 * The same things with their names. Only what is missing is looked up.
	 *
	 * @throws the signal's reason as soon as it aborts, unless only requests to Truto are over
	 */
	async named<Thing extends Nameable>(things: Thing[]): Promise<Thing[]> {
		const [accounts, jobs] = await Promise.all([
			this.find(INTEGRATED_ACCOUNT, this.accounts, things.map(unknownAccount)),
			this.find(SYNC_JOB, this.jobs, things.map(unknownJob)),
		]);
		return things.map((thing) => {
			const account = accounts.get(idKey(thing.integratedAccountId));
			const job = jobs.get(idKey(thing.syncJobId));
			if (!account && !job) return thing;
			return {
				...thing,
				tenantId: thing.tenantId ?? account?.tenantId ?? null,
				label: thing.label ?? job?.label ?? null,
				knowsLabel: thing.knowsLabel || job !== undefined,
				integrationName:
					thing.integrationName ?? job?.integrationName ?? account?.integrationName ?? null,
			};
		});
	}

	private async find<T>(
		kind: Kind,
		lookup: Lookup<T>,
		ids: Array<string | null>,
	): Promise<ReadonlyMap<string, T>> {
		if (this.unread.some((unread) => unread.kind === kind)) return new Map();
		const { things, error } = await lookup.find(ids);
		if (error !== undefined) {
			if (!(this.signal?.reason instanceof TrutoError)) this.signal?.throwIfAborted();
			if (!this.unread.some((unread) => unread.kind === kind)) this.unread.push({ kind, error });
		}
		return things;
	}
}

/** null if its customer is known. */
function unknownAccount({ tenantId, integratedAccountId }: Nameable): string | null {
	return tenantId === null ? integratedAccountId : null;
}

/** null if its label is known, even as blank. */
function unknownJob({ knowsLabel, syncJobId }: Nameable): string | null {
	return knowsLabel ? null : syncJobId;
}

function accountSource(client: TrutoClient): Source<AccountNames> {
	return sourceOf(
		async (id) => await fetchAccount(client, id),
		() => accountPages(client, {}),
		({ tenantId, integrationName }) => ({ tenantId, integrationName }),
	);
}

function jobSource(client: TrutoClient): Source<JobNames> {
	return sourceOf(
		async (id) => await fetchSyncJob(client, id),
		() => syncJobPages(client, {}),
		({ label, integrationName }) => ({ label, integrationName }),
	);
}

/** @param namesOf what is kept of a thing */
function sourceOf<Thing extends { id: string | null }, Kept>(
	one: (id: string) => Promise<Thing>,
	pages: () => AsyncGenerator<Thing[]>,
	namesOf: (thing: Thing) => Kept,
): Source<Kept> {
	return {
		one: async (id) => {
			const thing = await unlessTurnedDown(one(id));
			return thing && namesOf(thing);
		},
		pages: async function* () {
			for await (const page of pages()) yield page.map((thing) => [thing.id ?? '', namesOf(thing)]);
		},
	};
}

/** Statuses that are about the one id: there is nothing with it, or it can't be one. Others may be fine. */
const OF_THE_ID = [400, 404, 422];

async function unlessTurnedDown<T>(request: Promise<T>): Promise<T | undefined> {
	return await request.catch((error: unknown) => {
		if (error instanceof TrutoError && OF_THE_ID.includes(error.status ?? 0)) return undefined;
		throw error;
	});
}
