import { describe, expect, test } from '@jest/globals';

import { searchResult } from '../../../lib/editor/search';
import { INTEGRATED_ACCOUNT } from '../../../lib/truto/kinds';

describe('A drop-down without an entry', () => {
	test.each<[string | undefined, string | undefined, string]>([
		['', undefined, 'There are no integrated accounts in the environment of this API token'],
		[undefined, 'c3', 'No integrated accounts were found: enter the ID instead'],
		['acme', undefined, 'No integrated accounts match "acme"'],
		[
			' acme ',
			'c3',
			'None of the first 300 integrated accounts match "acme": enter the ID instead',
		],
	])('searched for %p, with the next page %p, says %s', (filter, cursor, name) => {
		expect(searchResult(INTEGRATED_ACCOUNT, { results: [], cursor }, filter, true)).toEqual({
			results: [{ name, value: '' }],
		});
	});

	test('says nothing while people scroll', () => {
		expect(searchResult(INTEGRATED_ACCOUNT, { results: [] }, 'acme', false).results).toEqual([]);
	});
});
