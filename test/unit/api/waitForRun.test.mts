import { describe, expect, it } from '@jest/globals';

import { waitForRun } from '../../../lib/api/waitForRun';
import { clientWith } from '../helpers/client.mts';

const RUNNING = { body: { id: 'r', status: 'running' } };
const GONE = { status: 404, body: {} };
const PAUSED = { status: 429, body: {}, headers: { 'retry-after': '3600' } };

/** Waits with a client whose work ends with the first hopeless error, as that of a node's items does. */
const wait = async (answers: (typeof RUNNING | typeof PAUSED | typeof GONE)[]) => {
	const stop = new AbortController();
	const client = clientWith(() => answers.shift() ?? PAUSED, {
		signal: stop.signal,
		onHopeless: (error) => {
			stop.abort(error);
		},
	});
	const settings = { pollIntervalMs: 100, timeoutMs: 2_000, isNew: false };
	return await waitForRun(client, 'r', { ...settings, onTimeout: 'returnRun' });
};

describe('a pause of an hour', () => {
	it('ends no wait for a run that goes on meanwhile', async () => {
		expect(await wait([RUNNING])).toMatchObject({ id: 'r', status: 'running' });
	});

	it('does not hide that a run which was seen is gone', async () => {
		await expect(wait([RUNNING, GONE])).rejects.toMatchObject({
			message: 'Sync job run r is gone: it was running when it was last seen',
			description: 'Somebody stopped or deleted it in Truto while the node waited.',
			run: { id: 'r' },
		});
		await expect(wait([GONE])).rejects.toThrow('was not found in Truto (404)');
	});

	it('is an error for a run that was not seen before', async () => {
		await expect(wait([])).rejects.toThrow("Truto's rate limit was hit (429)");
	});
});
