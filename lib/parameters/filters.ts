import { INTEGRATED_ACCOUNT, SYNC_JOB } from '../truto/kinds';
import { integratedAccountProperty, optional, syncJobProperty } from './locators';
import { optionalId, text } from './parameter';

/** The filter *Integration Name*. @param things what is listed, such as `accounts` */
export function integrationNameOf(things: string) {
	return text({
		displayName: 'Integration Name',
		name: 'integrationName',
		type: 'string',
		default: '',
		placeholder: 'e.g. hubspot',
		description: `Only ${things} of this integration, by Truto's name for it`,
	});
}

/** The filter *Tenant ID*. @param things what is listed, such as `accounts` */
export function tenantIdOf(things: string) {
	return text({
		displayName: 'Tenant ID',
		name: 'tenantId',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme-1',
		description: `Only ${things} of this tenant, which is your own ID for the customer`,
	});
}

/** The filter *Sync Job*. @param things what is listed, such as `runs` */
export function syncJobOf(things: string) {
	const description = `Only ${things} of this sync job`;
	return optionalId({ ...optional(syncJobProperty), description }, SYNC_JOB);
}

/** The filter *Integrated Account*. @param things what is listed, such as `runs` */
export function integratedAccountOf(things: string) {
	const description = `Only ${things} of this integrated account`;
	return optionalId({ ...optional(integratedAccountProperty), description }, INTEGRATED_ACCOUNT);
}
