import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { TrutoClient } from '../transport/client';
import { TrutoError } from '../transport/trutoError';
import { asSent } from '../api/lists';
import { fetchSyncJob } from '../api/syncJobs';
import { ExplainedError } from '../explainedError';
import type { JsonRecord } from '../json';
import { clientFor, EDITOR } from '../n8n/clients';
import { toNodeError } from '../n8n/nodeError';
import { ParameterReader } from '../parameters/reader';
import { state } from '../parameters/state';
import { filledStateKey } from '../syncJobs/stateKey';
import { STATE_ENTRY } from '../truto/kinds';
import { stateEntryText } from './labels';
import {
	each,
	searchPages,
	searchResult,
	wordsOf,
	type ListSearch,
	type SearchList,
} from './search';

const entriesOf = (stateKey: string): SearchList<JsonRecord> => ({
	kind: STATE_ENTRY,
	idField: 'key',
	query: { state_key: stateKey },
	read: asSent,
	namer: () => each(stateEntryText),
});

/** The entries of the state that the node's other parameters point to, with their values. */
export const searchStateEntries: ListSearch = async function (filter, paginationToken) {
	const start = typeof paginationToken === 'string' ? paginationToken : undefined;
	try {
		const client = await clientFor(this, EDITOR);
		const list = entriesOf(await chosenStateKey(this, client));
		const found = await searchPages(client, list, filter, start);
		const isAll = start === undefined && found.cursor === undefined && wordsOf(filter).length === 0;
		if (isAll && found.results.length === 0) {
			return notice('This state has no entries yet. Its sync job has not run, or stores none.');
		}
		return searchResult(STATE_ENTRY, found, filter, start === undefined);
	} catch (error) {
		// Something is to be chosen first.
		const isChoice = error instanceof ExplainedError && !(error instanceof TrutoError);
		if (isChoice) return notice(error.message);
		throw toNodeError(error, this.getNode());
	}
};

function notice(name: string): INodeListSearchResult {
	return { results: [{ name, value: '' }] };
}

/** @throws {ExplainedError} if it isn't clear which state is meant; {@link TrutoError} */
async function chosenStateKey(n8n: ILoadOptionsFunctions, client: TrutoClient): Promise<string> {
	const valueOf = (name: string, fallback: unknown) =>
		n8n.getCurrentNodeParameter(name) ?? fallback;
	const chosen = state.read(new ParameterReader(valueOf, n8n.getTimezone()));
	if ('stateKey' in chosen) return chosen.stateKey;
	return filledStateKey(await fetchSyncJob(client, chosen.syncJobId), chosen.accountId);
}
