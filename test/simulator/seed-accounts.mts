import { ACCOUNTS, OTHER_ENVIRONMENT_ID, fixedId } from './constants.mts';
import type { Store } from './store.mts';
import type { IntegratedAccount } from './types.mts';

const integration = (number: number, name: string, category: string, label: string) => ({
	id: fixedId('1290', number),
	name,
	category,
	label,
});

const HUBSPOT = integration(1, 'hubspot', 'crm', 'HubSpot');
const ZENDESK = integration(2, 'zendesk', 'ticketing', 'Zendesk');
const BAMBOOHR = integration(3, 'bamboohr', 'hris', 'BambooHR');
const SALESFORCE = integration(4, 'salesforce', 'crm', 'Salesforce');
const PIPEDRIVE = integration(5, 'pipedrive', 'crm', 'Pipedrive');
const JIRA = integration(6, 'jira', 'ticketing', 'Jira');
const NOTION = integration(7, 'notion', 'knowledge-base', 'Notion');
const DRIVE = integration(8, 'googledrive', 'file-storage', 'Google Drive');

/** Adds the accounts that have a name in ACCOUNTS: customers' companies are the tenants. */
export function seedAccounts(store: Store, daysAgo: (days: number) => string): void {
	for (const [index, account] of accounts(daysAgo).entries()) {
		store.addIntegratedAccount({
			environment_integration_id: fixedId('e129', index + 1),
			created_at: daysAgo(100 - index),
			updated_at: daysAgo(20 - index),
			...account,
		});
	}
	store.blockedAccounts.add(ACCOUNTS.blocked);
}

function accounts(daysAgo: (days: number) => string): Partial<IntegratedAccount>[] {
	return [
		{
			id: ACCOUNTS.hubspot,
			tenant_id: 'acme-1',
			integration: HUBSPOT,
			context: { hub_id: 24681012, hub_domain: 'acme.example' },
		},
		{
			id: ACCOUNTS.zendesk,
			tenant_id: 'acme-1',
			integration: ZENDESK,
			context: { subdomain: 'acme' },
		},
		{
			id: ACCOUNTS.bamboohr,
			tenant_id: 'globex-7',
			integration: BAMBOOHR,
			authentication_method: 'api_key',
			context: { subdomain: 'globex' },
		},
		{ id: ACCOUNTS.salesforce, tenant_id: 'initech-3', integration: SALESFORCE },
		{
			id: ACCOUNTS.needsReauth,
			tenant_id: 'umbrella-2',
			integration: SALESFORCE,
			status: 'needs_reauth',
			last_error: 'Token refresh failed: invalid_grant (expired access/refresh token)',
		},
		{ id: ACCOUNTS.blocked, tenant_id: 'hooli-9', integration: HUBSPOT },
		{
			id: ACCOUNTS.other,
			tenant_id: 'secret-1',
			integration: HUBSPOT,
			environment_id: OTHER_ENVIRONMENT_ID,
		},
		{
			id: ACCOUNTS.pipedrive,
			tenant_id: 'northwind-traders',
			integration: PIPEDRIVE,
			context: { company_domain: 'northwind' },
		},
		{
			id: ACCOUNTS.pipedriveExpired,
			tenant_id: 'fabrikam-gmbh',
			integration: PIPEDRIVE,
			status: 'needs_reauth',
			last_error: 'Request to Pipedrive failed with status 401: The access token expired',
			context: { company_domain: 'fabrikam' },
			updated_at: daysAgo(0.1),
		},
		{
			id: ACCOUNTS.jiraNoScopes,
			tenant_id: 'contoso-ltd',
			integration: JIRA,
			last_forbidden_error: {
				resource: 'ticketing/tickets',
				method: 'list',
				missing_scopes: ['read:jira-work', 'read:jira-user'],
				occurred_at: daysAgo(0.2),
			},
			context: { cloud_id: '7b0f6d42-6a4c-4e5f-9a61-5c0d9a1f3e77' },
		},
		{
			id: ACCOUNTS.jira,
			tenant_id: 'wingtip-toys',
			integration: JIRA,
			context: { cloud_id: '0c2f7f6a-58ad-4d0e-b6ef-97f1c3b1d2aa' },
		},
		{ id: ACCOUNTS.notion, tenant_id: 'tailspin-books', integration: NOTION },
		{
			id: ACCOUNTS.drive,
			tenant_id: 'adventure-works',
			integration: DRIVE,
			is_sandbox: true,
		},
		{
			id: ACCOUNTS.connecting,
			tenant_id: 'litware-inc',
			integration: NOTION,
			status: 'connecting',
		},
		{
			id: ACCOUNTS.validationError,
			tenant_id: 'proseware-ag',
			integration: JIRA,
			status: 'validation_error',
			last_error: 'Validation failed: the site URL is missing',
		},
		{
			id: ACCOUNTS.postInstallError,
			tenant_id: 'fourth-coffee',
			integration: DRIVE,
			status: 'post_install_error',
			last_error: 'Post-install action "watch-changes" failed with status 403',
			last_action_run_result: { action: 'watch-changes', status: 'failed', http_status_code: 403 },
		},
	];
}
