import { accountAttention } from '../../../../lib/accounts/attention';
import { simplifyAccount } from '../../../../lib/accounts/simplifyAccount';
import type { JsonRecord } from '../../../../lib/json';
import { shaped, type Shape } from '../../../../lib/shape';

/** One integrated account in the chosen form, with the columns that say who has to act. */
export function outputAccount(account: JsonRecord, shape: Shape): JsonRecord {
	return shaped(withAttention(account), shape, simplifyAccount);
}

/** The answer comes first, so that it is on the screen. Truto's own fields can't overwrite it. */
function withAttention(account: JsonRecord): JsonRecord {
	const attention = { ...accountAttention(account) };
	return { ...attention, ...account, ...attention };
}
