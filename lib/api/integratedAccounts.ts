import type { IDataObject } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { withoutUndefined } from '../json';
import { readAccount, type Account } from '../truto/account';
import { INTEGRATED_ACCOUNT } from '../truto/kinds';
import type { TrutoClient } from '../transport/client';
import { isOutage } from '../transport/retries';
import { TrutoError } from '../transport/trutoError';
import { listEntries, listOf, pagesOf, type List } from './lists';
import { fetchOne } from './things';

/** `GET /integrated-account/{id}`. @throws {TrutoError} */
export async function fetchAccount(client: TrutoClient, id: string): Promise<Account> {
	return readAccount(await fetchOne(client, INTEGRATED_ACCOUNT, id));
}

/** Which integrated accounts to list. */
export interface AccountFilter {
	tenantId?: string;
	/** Truto's name of an integration, such as `hubspot`. */
	integrationName?: string;
	/** Any of these; undefined for all. */
	statuses?: string[];
	isSandbox?: boolean;
	/** What Truto can't filter by. */
	matches?: (account: Account) => boolean;
	limit?: number;
}

/**
 * `GET /integrated-account`. Not all of Truto's documents list all filters. If Truto ignores or refuses
 * one, the result is still right.
 *
 * @throws {TrutoError}
 */
export async function listAccounts(client: TrutoClient, filter: AccountFilter): Promise<Account[]> {
	return await listEntries(client, accountList(filter));
}

/** {@link listAccounts}, page by page. @throws as {@link pagesOf} */
export function accountPages(
	client: TrutoClient,
	filter: AccountFilter,
): AsyncGenerator<Account[]> {
	return pagesOf(client, accountList(filter));
}

function accountList({
	tenantId,
	integrationName,
	statuses = [],
	isSandbox,
	matches = () => true,
	limit,
}: AccountFilter): List<Account> {
	const query: IDataObject = {
		tenant_id: tenantId,
		'integration.name': integrationName,
		[statuses.length > 1 ? 'status[in]' : 'status']: statuses.join(',') || undefined,
		is_sandbox: isSandbox,
	};
	return {
		...listOf(INTEGRATED_ACCOUNT),
		query: withoutUndefined(query),
		read: readAccount,
		limit,
		matches: (account) =>
			(tenantId === undefined || account.tenantId === tenantId) &&
			// The entries of a list may leave it out.
			(integrationName === undefined ||
				[null, integrationName].includes(account.integrationName)) &&
			(isSandbox === undefined || (account.isSandbox ?? false) === isSandbox) &&
			(statuses.length === 0 || statuses.includes(account.status ?? '')) &&
			matches(account),
		doubtful: ['integration.name', 'is_sandbox', 'status', 'status[in]', 'tenant_id'],
	};
}

/**
 * `POST /integrated-account/refresh-credentials`: gets new tokens from the integrated app.
 *
 * @throws {ExplainedError} if the integrated app refuses; {@link TrutoError}
 */
export async function refreshCredentials(client: TrutoClient, id: string): Promise<void> {
	const request = {
		method: 'POST',
		path: '/integrated-account/refresh-credentials',
		body: { id },
		about: `${INTEGRATED_ACCOUNT.noun} ${id}`,
	} as const;
	await client.sendForSuccess(request).catch((error: unknown) => {
		if (error instanceof TrutoError && isRefusedByApp(error)) throw refused(id, error.said);
		throw error;
	});
}

/**
 * The integrated app itself refused, for example because the refresh token has expired. It may also be busy.
 * An answer that it has not worked, with a status of success, means the same.
 */
function isRefusedByApp({ failure }: TrutoError): boolean {
	if (failure.kind !== 'status') return false;
	if (failure.status < 300) return true;
	return failure.remote && failure.status < 500 && !isOutage(failure);
}

function refused(id: string, said: string): ExplainedError {
	return new ExplainedError(
		`The credentials of integrated account ${id} could not be refreshed`,
		['The customer has to reconnect the account.', said].filter(Boolean).join(' '),
	);
}
