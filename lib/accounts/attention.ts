import { isJsonRecord, textOrNull, type Json, type JsonRecord } from '../json';
import { cutText, jsonText } from '../text';
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
 *
 * @param account the answer of `GET /integrated-account/{id}`, or an entry of the list
 */
export function accountAttention(account: JsonRecord): Attention {
	const status = ACCOUNT_STATUSES.find(({ value }) => value === account.status);
	const broken = status?.broken ? BROKEN[status.value] : null;
	if (broken) {
		const said = errorText(account.last_error) ?? errorText(account.last_action_run_result);
		const reason = said === null ? broken.reason : `${broken.reason} (${said})`;
		return {
			needs_attention: true,
			reason: cutText(reason, LONGEST_REASON),
			who_acts: broken.who_acts,
		};
	}
	const reason = forbiddenReason(account);
	if (reason === null) return { needs_attention: false, reason: null, who_acts: 'nobody' };
	return { needs_attention: true, reason: cutText(reason, LONGEST_REASON), who_acts: 'end_user' };
}

function forbiddenReason(account: JsonRecord): string | null {
	const error = account.last_forbidden_error;
	if (!isJsonRecord(error) || Object.keys(error).length === 0) return null;
	const scopes = missingScopes(account);
	if (scopes.length > 0) {
		return `The customer has to reconnect and allow more, as these permissions are missing: ${scopes.join(', ')}`;
	}
	const refused = [error.resource, error.method].map(textOrNull).filter(Boolean).join(' ');
	return `The customer has to reconnect and allow more, as the integrated app refused ${refused || 'a request'}`;
}

/**
 * The permissions that the integrated app said were missing, when it last refused a request. Truto
 * clears them as soon as a request succeeds again.
 */
export function missingScopes(account: JsonRecord): string[] {
	const error = account.last_forbidden_error;
	const scopes = isJsonRecord(error) ? error.missing_scopes : [];
	return (Array.isArray(scopes) ? scopes : [scopes])
		.map((scope) => textOrNull(scope)?.trim() ?? '')
		.filter((scope) => scope !== '')
		.slice(0, 20)
		.map((scope) => cutText(scope, 100));
}

/** Whether Truto knows that the account works: `active`, and no permission is missing. */
export function isHealthyAccount(account: JsonRecord): boolean {
	return account.status === 'active' && !accountAttention(account).needs_attention;
}

/** What people call the account's integration: its label, or its name. */
export function accountIntegration(account: JsonRecord): string | null {
	const { integration } = account;
	if (!isJsonRecord(integration)) return null;
	const config = isJsonRecord(integration.config) ? integration.config : {};
	const names = [config.label, integration.label, integration.name];
	return names.map((name) => textOrNull(name)?.trim()).find(Boolean) ?? null;
}

function errorText(error: Json | undefined): string | null {
	if (error === null || error === undefined || error === '') return null;
	if (isJsonRecord(error)) {
		const message = textOrNull(error.message) ?? textOrNull(error.error);
		if (message?.trim()) return jsonText(message, 150);
		if (Object.keys(error).length === 0) return null;
	}
	return jsonText(error, 150);
}
