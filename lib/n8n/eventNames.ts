import type { IExecuteFunctions } from 'n8n-workflow';

import { NameBook } from '../api/nameBook';
import type { Nameable, Names } from '../truto/names';
import { clientForTrigger } from './clients';
import { unreadHint } from './names';
import { toNodeError } from './nodeError';

/**
 * The names of what a trigger's events are about. The workflow starts in any case: what can't be looked up
 * stays null, and a hint says why.
 *
 * @param things null for an event that is about neither a run nor a schedule
 * @returns the names of each, in the same order; undefined for null, and if the look-up failed
 */
export async function eventNames(
	n8n: IExecuteFunctions,
	things: Array<Nameable | null>,
): Promise<Array<Names | undefined>> {
	const nameable = things.filter((thing) => thing !== null);
	const names = await lookUp(n8n, nameable).catch((error: unknown) => {
		n8n.getExecutionCancelSignal()?.throwIfAborted();
		giveHint(n8n, `Names could not be looked up. ${toNodeError(error, n8n.getNode()).message}.`);
		return new Map<Nameable | null, Names>();
	});
	return things.map((thing) => names.get(thing));
}

async function lookUp(
	n8n: IExecuteFunctions,
	things: Nameable[],
): Promise<Map<Nameable | null, Names>> {
	if (things.length === 0) return new Map();
	const client = await clientForTrigger(n8n, 2);
	const book = new NameBook(client);
	const named = await book.named(things);
	for (const unread of book.unread) giveHint(n8n, unreadHint(unread));
	return new Map(things.map((thing, index) => [thing, named[index] ?? thing]));
}

function giveHint(n8n: IExecuteFunctions, message: string): void {
	n8n.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
}
