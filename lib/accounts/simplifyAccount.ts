import { textOrNull, type JsonRecord } from '../json';
import { utcTime } from '../truto/timestamp';
import { accountAttention, accountIntegration } from './attention';

/**
 * The fields of an integrated account that people look at, flat: at most 10, as n8n's guideline for
 * *Simplify* says. It answers which customers have to reconnect.
 *
 * @param account the answer of `GET /integrated-account/{id}`
 */
export function simplifyAccount(account: JsonRecord): JsonRecord {
	return {
		integrated_account_id: textOrNull(account.id),
		tenant_id: textOrNull(account.tenant_id),
		integration_name: accountIntegration(account),
		status: textOrNull(account.status),
		...accountAttention(account),
		is_sandbox: account.is_sandbox === true,
		created_at: utcTime(account.created_at),
		updated_at: utcTime(account.updated_at),
	};
}
