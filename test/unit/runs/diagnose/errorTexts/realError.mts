import type { Cause } from '../../../../../lib/runs/diagnose/diagnosis';

/**
 * An error that an app's API returns, as its documentation, or a public report of somebody who got it, shows
 * it. IDs are replaced.
 *
 * HubSpot: developers.hubspot.com (api-error-responses), issues of HubSpot/hubspot-api-nodejs and
 * automatisch/automatisch. Salesforce: developer.salesforce.com (mc-apis, error-handling), issues of
 * jsforce/jsforce and beyond-the-cloud-dev/soql-lib, restforce's and public tests. Google:
 * developers.google.com/drive/api/guides/handle-errors, issues of jupyterlab/jupyterlab-google-drive and
 * mbrother2/backuptogoogle. Microsoft Graph: learn.microsoft.com/graph/errors and resolve-auth-errors,
 * issues of alcionai/corso and microsoftgraph/microsoft-graph-explorer-v4. Zendesk: developer.zendesk.com
 * (rate-limits), issues of zendesk/zendesk_api_client_rb, fprimex/zdesk and Speedygeek/ZendeskApi_v2. Jira:
 * issues of ahungry/org-jira, raycast/extensions, ljay79/jira-tools and jira-node/node-jira-client,
 * community.atlassian.com. BambooHR: documentation.bamboohr.com/docs/api-details. NetSuite: docs.oracle.com
 * (Error Handling in REST Web Services, Errors Related to Concurrency Violations), help.qlik.com (NetSuite
 * Extraction Error Reference), issues of NetSweet/netsuite. Shopify: shopify.dev (response-codes), issues
 * of Shopify/shopify_app, Shopify/shopify-cli and nozzlegear/ShopifySharp. Slack: the common errors of its
 * Web API.
 */
export interface RealError {
	api: string;
	/** The HTTP status of the answer; null if the text was all that people had. */
	status: number | null;
	body: string;
	/** What a person would say who reads status and body. */
	cause: Cause;
	/** What a person would say who reads the body only, if that is something else. */
	alone?: Cause;
}
