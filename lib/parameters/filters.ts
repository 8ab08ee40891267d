import { text } from './parameter';

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
