import { describe, expect, it, test } from '@jest/globals';

import { normalizeBaseUrl } from '../../../lib/api/baseUrl';
import { explainedErrorOf } from '../helpers/explained.mts';

describe('a base URL', () => {
	test.each([
		['https://api.truto.one', 'https://api.truto.one'],
		['https://api.truto.one/', 'https://api.truto.one'],
		['https://api.truto.one///', 'https://api.truto.one'],
		['  https://api.truto.one/ \n', 'https://api.truto.one'],
		['http://localhost:8080/', 'http://localhost:8080'],
		['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
		['http://[::1]:3000/', 'http://[::1]:3000'],
		['https://proxy.example/truto/v1/', 'https://proxy.example/truto/v1'],
		['HTTPS://API.truto.one', 'HTTPS://API.truto.one'],
	])('%j is used as %s', (given, used) => {
		expect(normalizeBaseUrl(given)).toBe(used);
	});

	test.each([
		[undefined],
		[null],
		[''],
		['   '],
		['/'],
		['api.truto.one'],
		['localhost:8080'],
		['//api.truto.one'],
		['ftp://api.truto.one'],
		['file:///etc/passwd'],
		['javascript:alert(1)'],
		['https://'],
		['https:///path'],
		['https://?x'],
		['https://api truto one'],
		['https://api.truto.one:port'],
		[42],
		[{}],
	])('%j is no web address', (given) => {
		const error = explainedErrorOf(() => normalizeBaseUrl(given));
		expect(error.message).toContain('Base URL of the Truto credential is not a web address');
		expect(error.description).toContain('https://api.truto.one');
	});

	test.each(['https://api.truto.one?debug=1', 'https://api.truto.one/v1#top'])(
		'%j would swallow every path behind it',
		(given) => {
			explainedErrorOf(() => normalizeBaseUrl(given));
		},
	);

	it('is named in the error, so that a typing mistake is seen', () => {
		expect(explainedErrorOf(() => normalizeBaseUrl('api.truto.one')).message).toContain(
			'"api.truto.one"',
		);
	});
});
