import { describe, expect, it, test } from '@jest/globals';

import { isMultipart, readingsOf } from '../../../nodes/TrutoTrigger/signedEvent';

const EVENT = '{"id":"e1","event":"test","payload":{"a":"ä & 1"}}';

const readings = (type: string, request: { rawBody?: string; data?: unknown }) =>
	readingsOf({
		headers: { 'content-type': type },
		rawBody: request.rawBody === undefined ? undefined : Buffer.from(request.rawBody),
		body: { data: request.data, files: {} },
	}).map(({ signed, event }) => [String(signed), event()?.payload]);

describe('JSON', () => {
	test.each(['application/json', 'application/octet-stream', ''])('is the raw body: %s', (type) => {
		expect(readings(type, { rawBody: EVENT })).toEqual([[EVENT, { a: 'ä & 1' }]]);
	});

	it('may be missing', () => {
		expect(readings('application/json', {})).toEqual([['', undefined]]);
	});
});

describe('an urlencoded form', () => {
	it('is the raw body, the JSON of its fields, or a field', () => {
		const rawBody = 'id=e1&event=test&payload=%7B%22a%22%3A1%7D';
		expect(readings('application/x-www-form-urlencoded', { rawBody })).toEqual([
			[rawBody, { a: 1 }],
			['{"id":"e1","event":"test","payload":{"a":1}}', { a: 1 }],
			['e1', undefined],
			['test', undefined],
			['{"a":1}', undefined],
		]);
	});

	it('may hold the event in one field', () => {
		const rawBody = `data=${encodeURIComponent(EVENT)}`;
		const [raw, , field] = readings('application/x-www-form-urlencoded; charset=utf-8', {
			rawBody,
		});
		expect(raw).toEqual([rawBody, { a: 'ä & 1' }]);
		expect(field).toEqual([EVENT, { a: 'ä & 1' }]);
	});
});

describe('a multipart form', () => {
	const type = 'multipart/form-data; boundary=----b';

	it('is put together again from its fields, as n8n keeps no raw body', () => {
		const body = [
			'------b\r\nContent-Disposition: form-data; name="event"\r\n\r\ntest\r\n',
			'------b\r\nContent-Disposition: form-data; name="payload"\r\n\r\ntext\r\n',
			'------b--',
		].join('');
		expect(readings(type, { data: { event: 'test', payload: 'text' } }).slice(0, 3)).toEqual([
			[`${body}\r\n`, 'text'],
			[body, 'text'],
			['{"event":"test","payload":"text"}', 'text'],
		]);
	});

	test.each([
		'multipart/form-data; boundary="----b"',
		'Multipart/Form-Data; charset=x; Boundary=----b; a=b',
	])('may say so as %s', (written) => {
		const [[first] = []] = readings(written, { data: { event: 'test' } });
		expect(String(first)).toMatch(/^------b\r\n/);
	});

	it.each([undefined, null, 'text', [1]])('may have no fields: %j', (data) => {
		expect(readings(type, { data }).map(([, payload]) => payload)).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});

	it('is told from others', () => {
		const isForm = (value: unknown) => isMultipart({ headers: { 'content-type': value } });
		expect(isForm(type)).toBe(true);
		for (const other of ['multipart/mixed; boundary=x', 'application/json', undefined]) {
			expect(isForm(other)).toBe(false);
		}
	});
});
