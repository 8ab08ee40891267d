import { describe, expect, test } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { eventItems } from '../../../lib/events/eventItems';

describe('an account event whose payload is older than the event', () => {
	const forbidden = { last_forbidden_error: { resource: 'crm/contacts', missing_scopes: ['crm'] } };

	test.each<[string, JsonRecord]>([
		['active', {}],
		['reactivated', {}],
		['reactivated', forbidden],
	])('%s %j: nobody has to act', (name, more) => {
		const [item] = eventItems(
			{
				id: 'e1',
				name: `integrated_account:${name}`,
				payload: { id: 'a1', status: 'needs_reauth', last_error: 'expired', ...more },
				createdAt: null,
				webhookId: null,
			},
			{ shape: { kind: 'raw' }, splitRecords: false },
		);
		expect(item).toMatchObject({
			needs_attention: false,
			reason: null,
			who_acts: 'nobody',
			// The account as Truto sent it is in the column `account`.
			status: 'active',
		});
	});
});
