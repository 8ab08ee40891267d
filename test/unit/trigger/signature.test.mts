import { createHmac } from 'node:crypto';

import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import * as signatures from '../../../nodes/TrutoTrigger/signedEvent';
import { anyCharacter } from '../helpers/anyCharacter.mts';

/** Whether a header passes for a body. */
function isSignedBy(secret: string, header: unknown, body: Buffer): boolean {
	const signature = signatures.readSignature(header);
	return signature !== undefined && signatures.isSignedBy(secret, signature, body);
}

const SECRET = 'whsec-5c1d';
const BODY = Buffer.from('{"id":"e1","event":"sync_job_run:completed"}');

const hmac = (body: Uint8Array, secret = SECRET) =>
	createHmac('sha256', secret).update(body).digest('hex');

const base64 = (body: Uint8Array) => createHmac('sha256', SECRET).update(body).digest('base64');

const header = (body: Uint8Array = BODY, secret = SECRET) =>
	`format=sha256,v=${hmac(body, secret)}`;

describe('a signature', () => {
	it('passes if it was made with the secret', () => {
		expect(isSignedBy(SECRET, header(), BODY)).toBe(true);
	});

	it('is the one of RFC 4231, test case 2', () => {
		const v = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843';
		const body = Buffer.from('what do ya want for nothing?');
		expect(isSignedBy('Jefe', `format=sha256,v=${v}`, body)).toBe(true);
	});

	test.each([
		['upper-case hex', `format=sha256,v=${hmac(BODY).toUpperCase()}`],
		['Base64', `format=sha256,v=${base64(BODY)}`],
		['Base64 without its end', `format=sha256,v=${base64(BODY).replace('=', '')}`],
		['no format', `v=${hmac(BODY)}`],
		['no format, and Base64', `v=${base64(BODY)}`],
	])('passes with %s', (_, value) => {
		expect(isSignedBy(SECRET, value, BODY)).toBe(true);
	});

	it('fails if it was made with another secret', () => {
		expect(isSignedBy(SECRET, header(BODY, `${SECRET} `), BODY)).toBe(false);
	});

	it('of an empty body counts too', () => {
		const empty = Buffer.alloc(0);
		expect(isSignedBy(SECRET, header(empty), empty)).toBe(true);
		expect(isSignedBy(SECRET, header(empty), BODY)).toBe(false);
	});

	test.each([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['the hex alone', hmac(BODY)],
		['no hex', 'format=sha256,v='],
		['hex that is cut', header().slice(0, -1)],
		['half of the hex', header().slice(0, -32)],
		['hex that is too long', `${header()}0`],
		['the hex twice', `${header()}${hmac(BODY)}`],
		['a digit that is no hex', `${header().slice(0, -1)}g`],
		['Base64 of something else', `format=sha256,v=${base64(Buffer.from('x'))}`],
		['Base64 that is cut', `v=${base64(BODY).slice(0, 40)}`],
		['Base64 alone', base64(BODY)],
		['two values', `v=${hmac(BODY)},v=${hmac(BODY)}`],
		['another format', `format=sha1,v=${hmac(BODY)}`],
		['another order', `v=${hmac(BODY)},format=sha256`],
		['a space before it', ` ${header()}`],
		['a space within', `format=sha256, v=${hmac(BODY)}`],
		['a line break behind it', `${header()}\n`],
		['another line before it', `x\n${header()}`],
		['a list of one', [header()]],
		['a list of two', [header(), header()]],
		['two joined, as Node does', `${header()}, ${header()}`],
		['an object that reads like it', { toString: () => header() }],
		['a number', 5],
	])('fails if the header is %s', (_, value) => {
		expect(isSignedBy(SECRET, value, BODY)).toBe(false);
	});

	it('fails if there is no secret, even if it was made with none', () => {
		expect(isSignedBy('', header(BODY, ''), BODY)).toBe(false);
	});
});

describe('what is signed', () => {
	test.each([
		['characters of several bytes', Buffer.from('{"name":"Zoë 🦄 – 日本"}')],
		['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0xc3, 0x28, 0x00, 0x7d])],
		['a byte order mark', Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d])],
	])('is the raw body: %s', (_, body) => {
		expect(isSignedBy(SECRET, header(body), body)).toBe(true);
	});

	it('is not its text: invalid bytes that look alike as text differ', () => {
		const [one, other] = [Buffer.from([0x22, 0xff, 0x22]), Buffer.from([0x22, 0xfe, 0x22])];
		expect(one.toString()).toBe(other.toString());
		expect(isSignedBy(SECRET, header(one), other)).toBe(false);
	});

	it('is not its JSON: other spaces, other signature', () => {
		const spaced = Buffer.from(JSON.stringify(JSON.parse(BODY.toString()), null, 1));
		expect(isSignedBy(SECRET, header(), spaced)).toBe(false);
	});
});

describe('of any body and secret', () => {
	const secrets = fc.string({ minLength: 1, unit: anyCharacter });
	const bodies = fc.uint8Array({ minLength: 1, maxLength: 200 });

	it('the right signature passes, and any changed byte of the body fails', () => {
		fc.assert(
			fc.property(secrets, bodies, fc.nat(), fc.integer({ min: 1, max: 255 }), (s, b, at, by) => {
				const body = Buffer.from(b);
				const signature = header(body, s);
				expect(isSignedBy(s, signature, body)).toBe(true);
				const changed = Buffer.from(b);
				const i = at % changed.length;
				changed[i] = (changed[i] ?? 0) ^ by;
				expect(isSignedBy(s, signature, changed)).toBe(false);
				expect(isSignedBy(s, signature, body.subarray(1))).toBe(false);
				expect(isSignedBy(s, signature, Buffer.concat([body, Buffer.of(by)]))).toBe(false);
			}),
		);
	});

	it('any changed digit of the signature fails', () => {
		const at = fc.integer({ min: 0, max: 63 });
		const by = fc.integer({ min: 1, max: 15 });
		fc.assert(
			fc.property(secrets, bodies, at, by, (secret, body, i, change) => {
				const digits = [...hmac(body, secret)];
				digits[i] = (Number.parseInt(digits[i] ?? '', 16) ^ change).toString(16);
				const forged = `format=sha256,v=${digits.join('')}`;
				expect(isSignedBy(secret, forged, Buffer.from(body))).toBe(false);
			}),
		);
	});

	it('no header makes it throw, and no guess passes', () => {
		fc.assert(
			fc.property(secrets, bodies, fc.anything(), fc.string(), (secret, body, any, text) => {
				expect(isSignedBy(secret, any, Buffer.from(body))).toBe(false);
				expect(isSignedBy(secret, `format=sha256,v=${text}`, Buffer.from(body))).toBe(false);
			}),
		);
	});
});
