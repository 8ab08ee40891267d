import { isBlankError } from '../blankError';
import { isJsonRecord, textOrNull, type Json } from '../json';
import { cutText, jsonText } from '../text';
import type { Account, Forbidden } from '../truto/account';
import { ACCOUNT_STATUSES } from '../truto/statuses';

/** Who has to act before an integrated account works again. */
export type AccountActor = 'nobody' | 'end_user' | 'job_owner';

/** Whether an integrated account needs somebody to act. */
export interface Attention {
	needs_attention: boolean;
	/** One sentence, with Truto's own words if there are any; null if nobody has to act. */
	reason: string | null;
	/** `end_user` is the customer, `job_owner` whoever keeps the integration in Truto. */
	who_acts: AccountActor;
}

const LONGEST_REASON = 300;

type BrokenStatus = Extract<(typeof ACCOUNT_STATUSES)[number], { broken: true }>['value'];

/** What each broken status means and who can fix it, according to Truto's operator playbook. */
const BROKEN: Record<BrokenStatus, { reason: string; who_acts: AccountActor }> = {
	needs_reauth: {
		reason: 'The credentials have expired or were revoked: the customer has to reconnect',
		who_acts: 'end_user',
	},
	validation_error: {
		reason:
			'What the customer entered to connect is incomplete or wrong: the customer has to reconnect',
		who_acts: 'end_user',
	},
	post_install_error: {
		reason: 'An action that runs after connecting has failed',
		who_acts: 'job_owner',
	},
};

/**
 * Whether an integrated account needs somebody to act, and who. If the integrated app refuses a
 * permission (403), the status stays the same: only `last_forbidden_error` shows it.
 */
export function accountAttention(account: Account): Attention {
	const status = ACCOUNT_STATUSES.find(({ value }) => value === account.status);
	const broken = status?.broken ? BROKEN[status.value] : null;
	if (broken) {
		const said = errorText(account.lastError) ?? errorText(account.lastActionResult);
		const reason = said === null ? broken.reason : `${broken.reason} (${said})`;
		return {
			needs_attention: true,
			reason: cutText(reason, LONGEST_REASON),
			who_acts: broken.who_acts,
		};
	}
	const refused = account.lastForbidden;
	if (refused === null) return { needs_attention: false, reason: null, who_acts: 'nobody' };
	const reason = cutText(forbiddenReason(refused), LONGEST_REASON);
	return { needs_attention: true, reason, who_acts: 'end_user' };
}

function forbiddenReason(forbidden: Forbidden): string {
	const scopes = shownScopes(forbidden);
	if (scopes.length > 0) {
		return `The customer has to reconnect and grant the missing permissions: ${scopes.join(', ')}`;
	}
	const refused = [forbidden.resource, forbidden.method].filter(Boolean).join(' ');
	return `The customer has to reconnect and grant more permissions: the integrated app refused ${refused || 'a request'}`;
}

/**
 * The permissions that the integrated app said were missing, when it last refused a request. Truto
 * clears them as soon as a request succeeds again.
 */
export function missingScopes({ lastForbidden }: Account): string[] {
	return lastForbidden === null ? [] : shownScopes(lastForbidden);
}

function shownScopes({ missingScopes: scopes }: Forbidden): string[] {
	return scopes.slice(0, 20).map((scope) => cutText(scope, 100));
}

/** Whether Truto knows that the account works: `active`, and no permission is missing. */
export function isHealthyAccount(account: Account): boolean {
	return account.status === 'active' && !accountAttention(account).needs_attention;
}

function errorText(error: Json): string | null {
	if (isBlankError(error)) return null;
	if (isJsonRecord(error)) {
		const texts = [error.message, error.error].map(textOrNull);
		const said = texts.find((text) => !isBlankError(text));
		if (typeof said === 'string') return jsonText(said, 150);
	}
	return jsonText(error, 150);
}
