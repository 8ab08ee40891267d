import type { JsonRecord } from '../json';
import type { Account } from '../truto/account';
import { accountAttention } from './attention';

/**
 * The fields of an integrated account that people look at, flat: at most 10, as n8n's guideline for
 * *Simplify* says. It answers which customers have to reconnect.
 */
export function simplifyAccount(account: Account): JsonRecord {
	return {
		tenant_id: account.tenantId,
		integration_name: account.integrationName,
		status: account.status,
		...accountAttention(account),
		is_sandbox: account.isSandbox === true,
		created_at: account.createdAt.text,
		updated_at: account.updatedAt.text,
		integrated_account_id: account.id,
	};
}
