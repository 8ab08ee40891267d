import { accountAttention } from '../../../../lib/accounts/attention';
import { simplifyAccount } from '../../../../lib/accounts/simplifyAccount';
import type { JsonRecord } from '../../../../lib/json';
import { shaped, type Shape } from '../../../../lib/shape';
import { INTEGRATED_ACCOUNT } from '../../../../lib/truto/kinds';
import type { Account } from '../../../../lib/truto/account';

/** One integrated account in the chosen form, with the columns that say who has to act. */
export function outputAccount(account: Account, shape: Shape): JsonRecord {
	return shaped(withAttention(account), shape, () => simplifyAccount(account));
}

/** The answer comes first, so that it is on the screen. Truto's own fields can't overwrite it. */
function withAttention(account: Account): JsonRecord {
	const attention = { ...accountAttention(account) };
	return { ...attention, ...account.raw, ...attention, [INTEGRATED_ACCOUNT.idField]: account.id };
}
