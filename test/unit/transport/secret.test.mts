import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import { maskFor } from '../../../lib/transport/secret';
import { partOf } from '../helpers/secrets.mts';
import { anyCharacter } from '../helpers/anyCharacter.mts';

const SECRET = 'abcdefghijklmnop';

describe('the mask of a secret', () => {
	test.each([
		['the whole', `<${SECRET}>`, '<****************>'],
		['its beginning', 'key abcdefgh', 'key ********'],
		['its middle', 'key fghijklmn!', 'key *********!'],
		['its end', 'ijklmnop', '********'],
		['twice', `${SECRET}${SECRET}`, '********************************'],
		['parts that touch', 'abcdefghcdefghij', '****************'],
	])('hides it: %s', (_, text, masked) => {
		expect(maskFor(SECRET)(text)).toBe(masked);
	});

	test.each(['', 'abcdefg', 'ABCDEFGH', 'abcd efgh', 'hgfedcba'])('leaves %j as it is', (text) => {
		expect(maskFor(SECRET)(text)).toBe(text);
	});

	test.each([
		['by JavaScript', 'a%2Fb%2Bc%3Dd%20e!f', '*******************'],
		['with codes in lower case', '?t=a%2fb%2bc%3dd%20e!f', '?t=*******************'],
		['in a form', 'token=a%2Fb%2Bc%3Dd+e%21f', 'token=*******************'],
		['strictly', 'a%2Fb%2Bc%3Dd%20e%21f', '*********************'],
		['in part', 'b%2Bc%3D', '********'],
		['next to it as it is', 'a/b+c=d e!f a%2Fb%2Bc%3Dd%20e!f', '*********** *******************'],
	])('hides it URL-encoded: %s', (_, text, masked) => {
		expect(maskFor('a/b+c=d e!f')(text)).toBe(masked);
	});

	it('hides any secret URL-encoded', () => {
		fc.assert(
			fc.property(fc.string({ unit: anyCharacter, minLength: 8 }), (secret) => {
				for (const text of [encodeURIComponent(secret), `${new URLSearchParams({ secret })}`]) {
					expect(maskFor(secret)(text.replace('secret=', ''))).toMatch(/^\**$/);
				}
			}),
		);
	});

	it('takes a secret that is no valid text, and hides nothing else because of a short one', () => {
		expect(maskFor('\ud800abcdefgh')('abcdefgh')).toBe('********');
		expect(maskFor('a b')('a%20b c%20d')).toBe('***** c%20d');
	});

	it('hides a short secret whole', () => {
		expect(maskFor('abc')('xabcx')).toBe('x***x');
	});

	it('hides nothing if there is no secret', () => {
		expect(maskFor('')('text')).toBe('text');
	});

	it('leaves no 8 characters in a row, and all that is not of the secret', () => {
		const pieces = fc.array(fc.oneof(fc.string(), fc.constantFrom(SECRET, 'cdefghijk', 'abcdefg')));
		fc.assert(
			fc.property(pieces, (texts) => {
				const text = texts.join('');
				const masked = maskFor(SECRET)(text);
				expect(partOf(SECRET, masked)).toBeUndefined();
				expect(masked).toHaveLength(text.length);
				for (let at = 0; at < text.length; at++) {
					expect([text.charAt(at), '*']).toContain(masked.charAt(at));
				}
			}),
		);
	});

	it('is quick with a long text', () => {
		const before = process.cpuUsage();
		maskFor(SECRET)('abcdefg'.repeat(50_000));
		expect(process.cpuUsage(before).user / 1000).toBeLessThan(1_000);
	});
});
