import { isJsonRecord, textOrNull, type Json, type JsonRecord } from '../json';
import { readTime, type Time } from './timestamp';

/** An integrated account: what this package understands of it; null for what is missing. */
export interface Account {
	/** As Truto sent it, for output. */
	raw: JsonRecord;
	id: string | null;
	tenantId: string | null;
	/** Truto's word, which may be one that this package doesn't know. */
	status: string | null;
	/** Truto's name for the integration, such as `hubspot`. */
	integrationName: string | null;
	/** What texts call the integration: its label, or its name. */
	integrationLabel: string | null;
	isSandbox: boolean | null;
	lastError: Json;
	lastActionResult: Json;
	/** The last request that the integrated app refused. Truto clears it when a request succeeds again. */
	lastForbidden: Forbidden | null;
	createdAt: Time;
	updatedAt: Time;
}

/** A request that the integrated app refused because a permission was missing (403). */
export interface Forbidden {
	resource: string | null;
	method: string | null;
	missingScopes: string[];
	at: Time;
}

/**
 * @param raw the answer of `GET /integrated-account/{id}`, an entry of the list, or the payload of an event
 */
export function readAccount(raw: JsonRecord): Account {
	const integration = isJsonRecord(raw.integration) ? raw.integration : {};
	const config = isJsonRecord(integration.config) ? integration.config : {};
	const names = [config.label, integration.label, integration.name];
	return {
		raw,
		id: textOrNull(raw.id) || null,
		tenantId: textOrNull(raw.tenant_id) || null,
		status: textOrNull(raw.status),
		integrationName: textOrNull(integration.name)?.trim() || null,
		integrationLabel: names.map((name) => textOrNull(name)?.trim()).find(Boolean) ?? null,
		isSandbox: typeof raw.is_sandbox === 'boolean' ? raw.is_sandbox : null,
		lastError: raw.last_error ?? null,
		lastActionResult: raw.last_action_run_result ?? null,
		lastForbidden: readForbidden(raw.last_forbidden_error),
		createdAt: readTime(raw.created_at),
		updatedAt: readTime(raw.updated_at),
	};
}

function readForbidden(error: Json | undefined): Forbidden | null {
	if (!isJsonRecord(error) || Object.keys(error).length === 0) return null;
	return {
		resource: textOrNull(error.resource),
		method: textOrNull(error.method),
		missingScopes: [error.missing_scopes ?? []]
			.flat()
			.map((scope) => textOrNull(scope)?.trim() ?? '')
			.filter((scope) => scope !== ''),
		at: readTime(error.occurred_at),
	};
}
