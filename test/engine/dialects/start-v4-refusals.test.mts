import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, FAULTS, SYNC_JOBS } from '../../simulator/index.mts';
import { FILLED, pipedrive, useStartV4 } from './use-start-v4.mts';

const { truto, start, startJson, posts } = useStartV4();

describe('what Truto refuses', () => {
	it('by args_validation is said in its words', async () => {
		const { error } = await start({ start_date: '2026-01-01' }, pipedrive);

		expect(error?.message).toBe(
			`Truto refused the request (422): sync job run of sync job ${SYNC_JOBS.v4Crm} [item 0]`,
		);
		expect(error?.description).toContain('Truto said: Need one of webhook_id or datastore_id');
		expect(posts()).toHaveLength(1);
	});

	it('by the schema is said for each field', async () => {
		const { error } = await startJson('{ "start_date": "soon", "stage": "OPEN" }', pipedrive);

		expect(error?.description).toContain('args.start_date: args.start_date must be a date');
		expect(error?.description).toContain('args.stage must be one of open, won, lost');
	});

	it.each<[string, unknown, string]>([
		['objects with field', [{ field: 'a', message: 'is bad' }], 'Invalid; a: is bad'],
		['objects with path', [{ path: ['args', 'a'], message: 'is bad' }], 'Invalid; args.a: is bad'],
		['texts', ['a is bad', 'b is bad'], 'Invalid; a is bad; b is bad'],
		['other objects', [{ rule: 'x' }], 'Invalid; {"rule":"x"}'],
		['nothing', undefined, 'Invalid'],
	])('shows details.failures: %s', async (_, failures, said) => {
		const body = { statusCode: 422, error: 'Unprocessable Entity', message: 'Invalid' };
		truto().faults.forPath('POST /sync-job-run', {
			kind: 'status',
			status: 422,
			body: { ...body, details: { failures } },
		});

		const { error } = await start(FILLED, pipedrive);

		expect(error?.description).toContain(`Truto said: ${said}`);
	});
});

describe('a token that may not read sync jobs', () => {
	it('can still start one, with the arguments as they are given', async () => {
		truto().faults.forPath('GET /sync-job', FAULTS.forbidden);
		const args = '{ "integrated_account_id": "a", "start_date": "2026-01-01", "webhook_id": "w" }';

		const { error } = await startJson(args.replace('"a"', `"${ACCOUNTS.pipedrive}"`), pipedrive);

		expect(error).toBeUndefined();
		// The sync job and the account are asked for side by side.
		const answers = truto().requests.map(({ method, status }) => `${method} ${status}`);
		expect(answers.slice(0, 2).sort()).toEqual(['GET 200', 'GET 403']);
		expect(answers.slice(2)).toEqual(['POST 201']);
	});

	it('gets Truto’s own words if something is missing', async () => {
		truto().faults.forPath('GET /sync-job', FAULTS.forbidden);

		const { error } = await startJson('{}', pipedrive);

		expect(error?.description).toContain('args.start_date is required');
	});
});
