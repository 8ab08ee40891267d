import { describe, expect, it, test } from '@jest/globals';

import { isSameAddress } from '../../../lib/api/webhooks';
import {
	canReceive,
	fits,
	noPublicAddress,
	refusedWebhook,
} from '../../../nodes/TrutoTrigger/registration/target';

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

	it('is explained in a text that fits into a pop-up, with both ways out', () => {
		const { message, description } = noPublicAddress('http://localhost:5678/webhook/1/webhook');
		expect(message).toBe(
			'Truto can only send events to a public HTTPS address, not to http://localhost:5678',
		);
		expect(description).toBe(
			"Use the Truto Polling Trigger, or set n8n's WEBHOOK_URL to its public address.",
		);
	});

	test.each([
		['target_url must be HTTPS', ': target_url must be HTTPS'],
		['', ''],
	])('that Truto refuses is explained with what Truto said: "%s"', (said, end) => {
		const { message, description } = refusedWebhook(TARGET, said);
		expect(message).toBe(`Truto refused a webhook to https://n8n.example.com${end}`);
		expect(description).toBe(
			"If that address can't be reached from the internet, use the Truto Polling Trigger, or set n8n's WEBHOOK_URL to its public address.",
		);
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

describe('an address', () => {
	const ADDRESS = 'https://N8N.example.com:443/hooks/Ab/webhook';

	test.each([
		ADDRESS,
		'https://n8n.example.com/hooks/Ab/webhook',
		'https://n8n.example.com/hooks/Ab/webhook/',
		'HTTPS://n8n.example.com:443/hooks/Ab/webhook/',
	])('is the same however it is written: %s', (written) => {
		expect(isSameAddress(written, ADDRESS)).toBe(true);
		expect(isSameAddress(ADDRESS, written)).toBe(true);
	});

	test.each([
		'https://n8n.example.com:8443/hooks/Ab/webhook',
		'http://n8n.example.com/hooks/Ab/webhook',
		'https://n8n.example.com/hooks/Ab/webhook2',
		'https://n8n.example.com/hooks/Ab',
		'https://n8n.example.com/hooks/Ab/webhook?a=1',
		'https://staging.example.com/hooks/Ab/webhook',
		'',
		null,
		undefined,
	])('is another one: %s', (other) => {
		expect(isSameAddress(other, ADDRESS)).toBe(false);
	});

	it('that is none is compared as text', () => {
		expect(isSameAddress('nowhere', 'nowhere')).toBe(true);
		expect(isSameAddress('nowhere', 'Nowhere')).toBe(false);
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
