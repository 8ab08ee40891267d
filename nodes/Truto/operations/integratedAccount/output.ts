import { accountAttention } from '../../../../lib/accounts/attention';
import { simplifyAccount } from '../../../../lib/accounts/simplifyAccount';
import type { JsonRecord } from '../../../../lib/json';
import { shaped, type Shape } from '../../../../lib/shape';
import { INTEGRATED_ACCOUNT } from '../../../../lib/truto/kinds';
import type { Account } from '../../../../lib/truto/account';

/** One integrated account in the chosen form, with the columns that say who has to act. */
export function outputAccount(account: Account, shape: Shape): JsonRecord {
	const attention: JsonRecord = { ...accountAttention(account) };
	// Truto's own fields can't overwrite the answer.
	const whole = { ...account.raw, ...attention, [INTEGRATED_ACCOUNT.idField]: account.id };
	const first = ['tenant_id', ...Object.keys(attention)];
	return shaped(whole, shape, () => simplifyAccount(account), first);
}
