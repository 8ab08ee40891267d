import { describe, expect, it, test } from '@jest/globals';

import { cleanToken, openAccess } from '../../../lib/transport/access';
import { explainedErrorOf } from '../helpers/explained.mts';

const TOKEN = 'tok_0815_very_secret';

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
		expect(openAccess({ apiToken: TOKEN, baseUrl: given }).baseUrl).toBe(used);
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
		['see https://api.truto.one'],
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
		const error = explainedErrorOf(() => openAccess({ apiToken: TOKEN, baseUrl: given }));
		expect(error.message).toContain('Base URL of the Truto credential is not a web address');
		expect(error.description).toContain('https://api.truto.one');
	});

	test.each(['https://api.truto.one?debug=1', 'https://api.truto.one/v1#top'])(
		'%j would swallow every path behind it',
		(given) => {
			explainedErrorOf(() => openAccess({ apiToken: TOKEN, baseUrl: given }));
		},
	);

	it('is named in the error, so that a typing mistake is seen', () => {
		expect(
			explainedErrorOf(() => openAccess({ apiToken: TOKEN, baseUrl: 'api.truto.one' })).message,
		).toBe('The Base URL of the Truto credential is not a web address: api.truto.one');
		expect(explainedErrorOf(() => openAccess({ apiToken: TOKEN })).message).toBe(
			'The Base URL of the Truto credential is not a web address: ',
		);
	});
});

describe('a token', () => {
	test.each([
		['tok', 'tok'],
		[' tok\n', 'tok'],
		['Bearer tok', 'tok'],
		['bearer  tok ', 'tok'],
		['bearertok', 'bearertok'],
		[undefined, ''],
		[null, ''],
		[42, '42'],
	])('%j is sent as %j', (given, sent) => {
		expect(cleanToken(given)).toBe(sent);
	});

	test.each([[''], ['  '], [undefined], ['Bearer ']])('%j is none', (apiToken) => {
		const error = explainedErrorOf(() =>
			openAccess({ apiToken, baseUrl: 'https://api.truto.one' }),
		);
		expect(error.message).toBe('The Truto credential has no API token');
		expect(error.description).toBe('Create an API token in Truto and enter it in the credential.');
	});

	it('shares the limiter with all that have the same address, written as it may be', () => {
		const limiterAt = (baseUrl: string, apiToken = TOKEN) =>
			openAccess({ apiToken, baseUrl }).limiter;
		const limiter = limiterAt('https://shared.example');
		expect(limiterAt('https://shared.example/ ')).toBe(limiter);
		expect(limiterAt('https://shared.example', ` Bearer ${TOKEN}\n`)).toBe(limiter);
		expect(limiterAt('https://shared.example', 'another')).not.toBe(limiter);
		expect(limiterAt('https://other.example')).not.toBe(limiter);
	});

	it('is not quoted if somebody pasted it into the Base URL', () => {
		const error = explainedErrorOf(() => openAccess({ apiToken: TOKEN, baseUrl: TOKEN }));
		expect(error.message).toBe(
			'The Base URL of the Truto credential is not a web address: ********************',
		);
	});
});
