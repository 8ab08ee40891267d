import { describe, expect, it } from '@jest/globals';

import { accountCheck, syncJobOnce } from '../../../lib/n8n/jobAndAccount';
import { NodeRun } from '../../../lib/n8n/nodeRun';
import type { ItemContext } from '../../../lib/n8n/operation';
import { readSyncJob } from '../../../lib/truto/syncJob';
import { clientWith } from '../helpers/client.mts';

const THINGS: Record<string, { body: object; status?: number }> = {
	'/sync-job/contacts': { body: { id: 'contacts', integration_name: 'hubspot' } },
	'/sync-job/deals': { body: { id: 'deals', integration_name: 'pipedrive' } },
	'/integrated-account/acme': { body: { id: 'acme', integration: { name: 'hubspot' } } },
	'/integrated-account/globex': { body: { id: 'globex', integration: { name: 'pipedrive' } } },
	'/integrated-account/forbidden': { body: { message: 'No' }, status: 403 },
	'/integrated-account/gone': { body: { message: 'None' }, status: 404 },
	'/integrated-account/odd': { body: { message: 'Odd' }, status: 422 },
};

/** An item of a node's run, and the paths that were asked for. */
function itemWith(): { item: ItemContext; asked: string[] } {
	const asked: string[] = [];
	const client = clientWith(({ url }) => {
		const { pathname } = new URL(url);
		asked.push(pathname);
		return THINGS[pathname] ?? new Error(`Nobody expects ${pathname}`);
	});
	const nodeRun = new NodeRun().forItem({ item: 0, token: {}, failsNode: true });
	return { item: { client, nodeRun } as unknown as ItemContext, asked };
}

const jobOf = (integration: string | null) =>
	readSyncJob({ id: 'contacts', integration_name: integration });

describe('a sync job', () => {
	it('is fetched once, and another one is another', async () => {
		const { item, asked } = itemWith();
		const jobs = [];
		for (const id of ['contacts', 'deals', 'contacts']) jobs.push(await syncJobOnce(item, id));
		expect(jobs.map(({ integrationName }) => integrationName)).toEqual([
			'hubspot',
			'pipedrive',
			'hubspot',
		]);
		expect(asked).toEqual(['/sync-job/contacts', '/sync-job/deals']);
	});
});

describe('the account of a sync job', () => {
	it('is fetched once, and another one is another', async () => {
		const { item, asked } = itemWith();
		for (const id of ['acme', 'globex', 'acme']) {
			const account = accountCheck(item, id);
			expect(account.read()).toBeUndefined();
			await account.check(jobOf(id === 'acme' ? 'HubSpot' : 'pipedrive'));
			expect(account.read()?.id).toBe(id);
		}
		expect(asked).toEqual(['/integrated-account/acme', '/integrated-account/globex']);
	});

	it('need not be given', async () => {
		const { item, asked } = itemWith();
		const account = accountCheck(item, undefined);
		await account.check(jobOf('hubspot'));
		expect([account.read(), asked]).toEqual([undefined, []]);
	});

	it('is an error if it is one of another integration', async () => {
		const { check } = accountCheck(itemWith().item, 'globex');
		await expect(check(jobOf('hubspot'))).rejects.toThrow(
			'The sync job is for hubspot, but the integrated account is connected to pipedrive',
		);
	});

	it('is not checked for a job over several integrations', async () => {
		await accountCheck(itemWith().item, 'odd').check(jobOf(null));
	});

	it.each(['forbidden', 'gone'])('is left to Truto if it is %s', async (id) => {
		const account = accountCheck(itemWith().item, id);
		await account.check(jobOf('hubspot'));
		expect(account.read()).toBeUndefined();
	});

	it('is an error if Truto does not return it for another reason', async () => {
		await expect(accountCheck(itemWith().item, 'odd').check(jobOf('hubspot'))).rejects.toThrow(
			'(422)',
		);
	});
});
