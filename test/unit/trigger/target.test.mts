import { describe, expect, it, test } from '@jest/globals';

import { canReceive, fits, TARGET_ADVICE } from '../../../nodes/TrutoTrigger/registration/target';

const TRUTO = 'https://api.truto.one';
const TARGET = 'https://n8n.example.com/webhook/1/webhook';

const LOOPBACK = [
	'localhost',
	'LOCALHOST',
	'LocalHost',
	'sub.localhost',
	'a.b.localhost',
	'127.0.0.1',
	'127.1.2.3',
	'127.1',
	'2130706433',
	'0x7f.1',
	'0.0.0.0',
	'[::1]',
	'[::]',
	'[0:0:0:0:0:0:0:1]',
	'[::ffff:127.0.0.1]',
	'localhost.',
];

describe('a target for the real Truto', () => {
	test.each([
		TARGET,
		'HTTPS://n8n.example.com/',
		'https://127.example.com/',
		'https://8.8.8.8/x',
		'https://localhost.example.com/x',
		'https://[2a00::1]/',
	])('may be %s', (target) => {
		expect(canReceive(target, TRUTO)).toBe(true);
	});

	test.each([
		'http://n8n.example.com/webhook',
		'',
		'n8n.example.com/webhook',
		'ftp://n8n.example.com/',
		'javascript:alert(1)',
		...LOOPBACK.map((host) => `http://${host}:5678/webhook`),
		...LOOPBACK.map((host) => `https://${host}:5678/webhook`),
		...LOOPBACK.map((host) => `https://user:password@${host}/webhook`),
	])('may not be %s', (target) => {
		expect(canReceive(target, TRUTO)).toBe(false);
	});

	it('is explained: HTTPS, and how to set it', () => {
		expect(TARGET_ADVICE).toContain('HTTPS addresses only');
		expect(TARGET_ADVICE).toContain('WEBHOOK_URL');
	});

	test.each(['http://localhost.evil.com', 'http://mylocalhost', 'http://10.0.0.1'])(
		'is checked although the Base URL is like %s, which is not this machine',
		(origin) => {
			expect(canReceive('http://localhost:1/', origin)).toBe(false);
		},
	);
});

describe('a target for a Truto on this machine', () => {
	test.each(LOOPBACK)('may be anything if that is at %s', (host) => {
		for (const origin of [`http://${host}:9`, `https://${host}`]) {
			for (const target of ['http://localhost:5678/x', 'http://n8n.example.com/x', TARGET]) {
				expect(canReceive(target, origin)).toBe(true);
			}
		}
	});
});

describe('a webhook of Truto', () => {
	const EVENTS = ['sync_job_run:completed', 'sync_job_run:failed'];
	const webhook = { id: 'w1', is_active: true, target_url: TARGET, event_types: EVENTS };

	test.each([
		['as it was made', {}, EVENTS, true],
		['with its events in another order', { event_types: [...EVENTS].reverse() }, EVENTS, true],
		['with more in it', { environment_id: 'e', label: 'x' }, EVENTS, true],
		['that Truto switched off', { is_active: false }, EVENTS, false],
		['that does not say whether it is on', { is_active: null }, EVENTS, false],
		['that is on as a text only', { is_active: 'true' }, EVENTS, false],
		['without events', { event_types: null }, EVENTS, false],
		['for all events', { event_types: [] }, EVENTS, false],
		['with an event too few', { event_types: EVENTS.slice(1) }, EVENTS, false],
		['with an event too many', { event_types: [...EVENTS, 'sync_job_run:record'] }, EVENTS, false],
		['with another event', { event_types: [EVENTS[0] ?? '', 'x'] }, EVENTS, false],
		['whose events are a text', { event_types: EVENTS.join() }, EVENTS, false],
		['where other events are wanted', {}, ['sync_job_run:completed', 'x'], false],
	])('%s', (_, changes, events, expected) => {
		expect(fits({ ...webhook, ...changes }, events)).toBe(expected);
	});
});
