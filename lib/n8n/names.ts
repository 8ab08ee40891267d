import { NameBook, type Unread } from '../api/nameBook';
import { showsNames, type RunOutput } from '../runs/output';
import { SYNC_JOB } from '../truto/kinds';
import type { Nameable } from '../truto/names';
import type { ItemContext } from './operation';

/** What all items of a node's run look up names in. */
export async function nameBookOf({
	client,
	nodeRun,
}: Pick<ItemContext, 'client' | 'nodeRun'>): Promise<NameBook> {
	const shelf = await nodeRun.once(
		'names',
		async () => await Promise.resolve({ book: new NameBook(client) }),
	);
	// If *Retry On Fail* repeats the run, the first try has ended, and its book with it.
	if (shelf.book.isClosed) shelf.book = new NameBook(client);
	return shelf.book;
}

/**
 * Gives runs or schedules the names that Truto left out. All items of a node's run share the look-ups. What
 * can't be looked up stays null, and a hint says why.
 *
 * @throws only when the work is to end
 */
export async function withNames<Thing extends Nameable>(
	things: Thing[],
	item: Pick<ItemContext, 'client' | 'nodeRun' | 'hint'>,
): Promise<Thing[]> {
	const book = await nameBookOf(item);
	const named = await book.named(things);
	for (const unread of book.unread) item.hint(unreadHint(unread));
	return named;
}

/** {@link withNames}, if *Include Names* is on and the output has columns for them. */
export async function withNamesIfShown<Thing extends Nameable>(
	things: Thing[],
	{ includeNames, output }: { includeNames: boolean; output: RunOutput },
	item: ItemContext,
): Promise<Thing[]> {
	return includeNames && showsNames(output) ? await withNames(things, item) : things;
}

/** Why names are missing, for the output pane. */
export function unreadHint({ kind, error }: Unread): string {
	const column = kind === SYNC_JOB ? 'sync_job_label' : 'tenant_id';
	const reason = error instanceof Error ? ` ${error.message}.` : '';
	return `The column ${column} may be empty, because ${kind.plural} could not be read.${reason}`;
}
