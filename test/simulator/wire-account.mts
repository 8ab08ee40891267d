import type { Dialect } from './dialect.mts';
import type { IntegratedAccount } from './types.mts';
import { spokenTimes } from './wire-times.mts';
import { without } from './without.mts';

/** An account as Get and the list show it: its integration without the label. */
export function spokenAccountRow(
	account: IntegratedAccount,
	place: 'get' | 'list',
	dialect: Dialect,
): object {
	const { integration, last_error, last_forbidden_error, last_action_run_result, ...rest } =
		account;
	const { id, name, category } = integration;
	const errors = { last_error, last_forbidden_error, last_action_run_result };
	const hasErrors = place === 'get' || dialect.accountErrors === 'everywhere';
	const row = { ...rest, integration: { id, name, category }, ...(hasErrors ? errors : {}) };
	return spokenTimes(row, dialect);
}

/** The payload of an account's event; `deleted` carries the id and nothing else. */
export function accountPayload(account: IntegratedAccount, name: string): object {
	if (name === 'deleted') return { id: account.id };
	const { integration, last_error, ...fields } = account;
	const rest = without(fields, 'last_forbidden_error', 'last_action_run_result');
	return {
		...rest,
		integration: {
			id: integration.id,
			name: integration.name,
			config: { label: integration.label },
		},
		environment_integration: { id: account.environment_integration_id, is_active: true },
		...(last_error === null ? {} : { last_error }),
	};
}
