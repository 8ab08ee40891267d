import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import { maskFor } from '../../../lib/transport/secret';
import { partOf } from '../helpers/secrets.mts';

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
