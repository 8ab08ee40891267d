import { describe, expect, it } from '@jest/globals';

import { fetchOldestLogs } from '../../../lib/api/logs';
import { clientWith } from '../helpers/client.mts';

const START = Date.UTC(2026, 3, 1);

/** A Truto whose log lists its entries newest first, 100 to a page. */
function newestFirst(seconds: number[]) {
	const entries = seconds
		.map((second, id) => ({ id, timestamp: new Date(START + second * 1000).toISOString() }))
		.reverse();
	return clientWith(({ qs = {} }) => {
		const [from, to] = ['created_at[gt]', 'created_at[lt]'].map((name) =>
			Date.parse(String(qs[name])),
		);
		const found = entries.filter(({ timestamp }) => {
			const time = Date.parse(timestamp);
			return time > (from ?? 0) && time < (to ?? 0);
		});
		const at = Number(qs.next_cursor ?? 0);
		const next = at + 100 < found.length ? String(at + 100) : null;
		return { body: { result: found.slice(at, at + 100), next_cursor: next } };
	});
}

describe('The oldest log entries', () => {
	it('are found although the newest hundred are of the same second', async () => {
		const seconds = [1, 2, 3, ...Array.from({ length: 120 }, () => 600)];

		const entries = await fetchOldestLogs(newestFirst(seconds), {
			type: 'rapid_bridge',
			filter: {},
			span: { from: START, to: START + 3_600_000 },
			limit: 3,
			about: 'the logs',
		});

		expect(entries.map(({ id }) => id)).toEqual([0, 1, 2]);
	});
});
