import { parseArgs } from 'node:util';

import { UNLIKELY_DIALECT, realClock, scaledClock, startSimulator } from './index.mts';
import type { Dialect, RateLimitRule } from './index.mts';

// node test/simulator/cli.mts --port 4010 --rate-limit off --runs 5000 --resources 20
const { values } = parseArgs({
	options: {
		port: { type: 'string', default: '0' },
		/** `off`, or `<requests>/<window in ms>` such as 500/10000. */
		'rate-limit': { type: 'string', default: '500/10000' },
		'allow-http-webhooks': { type: 'boolean', default: false },
		/** JSON: what differs from the default dialect; or `unlikely`. */
		dialect: { type: 'string', default: '{}' },
		'clock-factor': { type: 'string', default: '1' },
		/** Further runs to add, each with so many resources. */
		runs: { type: 'string', default: '0' },
		resources: { type: 'string', default: '3' },
		'no-seed': { type: 'boolean', default: false },
		'no-record': { type: 'boolean', default: false },
		'no-bodies': { type: 'boolean', default: false },
		'webhook-retry-ms': { type: 'string', default: '1000' },
	},
});

function readRateLimit(text: string): RateLimitRule | false {
	if (text === 'off') return false;
	const [requests, windowMs] = text.split('/').map(Number);
	if (!requests || !windowMs) throw new Error('--rate-limit is "off" or <requests>/<window in ms>');
	return { requests, windowMs };
}

const factor = Number(values['clock-factor']);
const simulator = await startSimulator({
	port: Number(values.port),
	rateLimit: readRateLimit(values['rate-limit']),
	dialect:
		values.dialect === 'unlikely'
			? UNLIKELY_DIALECT
			: (JSON.parse(values.dialect) as Partial<Dialect>),
	allowHttpWebhooks: values['allow-http-webhooks'],
	clock: factor === 1 ? realClock : scaledClock(factor),
	seed: !values['no-seed'],
	recordRequests: !values['no-record'],
	recordBodies: !values['no-bodies'],
	webhookRetryBaseMs: Number(values['webhook-retry-ms']),
});
const runs = Number(values.runs);
if (runs > 0) simulator.store.addManyRuns(runs, { resources: Number(values.resources) });

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	process.once(signal, () => {
		void simulator.close();
	});
}
console.log(JSON.stringify({ url: simulator.url }));
