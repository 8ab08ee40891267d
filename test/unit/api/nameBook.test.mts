import { describe, expect, it } from '@jest/globals';

import { NameBook } from '../../../lib/api/nameBook';
import { readRun } from '../../../lib/truto/run';
import { clientWith } from '../helpers/client.mts';

const runOf = (account: string) =>
	readRun({ id: 'r1', integrated_account_id: account, sync_job: { id: 'j1', label: 'CRM' } });

describe('Names', () => {
	it.each([400, 404, 422])(
		'of others are found after an account that Truto turns down (%d)',
		async (status) => {
			const client = clientWith(({ url }) =>
				url.endsWith('/a1')
					? { body: { id: 'a1', tenant_id: 'acme-1' } }
					: { status, body: { message: 'Not a valid ID' } },
			);
			const book = new NameBook(client);

			const [odd] = await book.named([runOf('customer-7')]);
			const [other] = await book.named([runOf('a1')]);

			expect(odd?.tenantId).toBeNull();
			expect(other?.tenantId).toBe('acme-1');
			expect(book.unread).toEqual([]);
		},
	);

	it.each([403, 500])('of a kind are given up after a %d', async (status) => {
		const requests: string[] = [];
		const client = clientWith(({ url }) => {
			requests.push(url);
			return { status, body: { message: 'No' } };
		});
		const book = new NameBook(client);

		await book.named([runOf('a1')]);
		const [other] = await book.named([runOf('a2')]);

		expect(other?.tenantId).toBeNull();
		expect(requests).toHaveLength(1);
		expect(book.unread).toMatchObject([{ kind: { noun: 'integrated account' } }]);
	});
});
