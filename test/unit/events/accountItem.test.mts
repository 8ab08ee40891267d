import { describe, expect, test } from '@jest/globals';

import { eventItems } from '../../../lib/events/eventItems';

describe('an account event whose payload is older than the event', () => {
	test.each(['active', 'reactivated'])('%s: nobody has to act', (name) => {
		const [item] = eventItems(
			{
				id: 'e1',
				name: `integrated_account:${name}`,
				payload: { id: 'a1', status: 'needs_reauth', last_error: 'expired' },
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
