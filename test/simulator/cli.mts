import { parseArgs } from 'node:util';

import { startSimulator } from './index.mts';
import type { Dialect, RateLimitRule } from './index.mts';

// A simulator in a process of its own, for bench/host.mts: it prints its URL as JSON, and runs until it is killed.
const { values } = parseArgs({
	options: {
		/** `off`, or `<requests>/<window in ms>` such as 500/10000. */
		'rate-limit': { type: 'string', default: '500/10000' },
		/** JSON: what differs from the default dialect. */
		dialect: { type: 'string', default: '{}' },
	},
});

function readRateLimit(text: string): RateLimitRule | false {
	if (text === 'off') return false;
	const [requests, windowMs] = text.split('/').map(Number);
	if (!requests || !windowMs) throw new Error('--rate-limit is "off" or <requests>/<window in ms>');
	return { requests, windowMs };
}

const { url } = await startSimulator({
	rateLimit: readRateLimit(values['rate-limit']),
	dialect: JSON.parse(values.dialect) as Partial<Dialect>,
	recordRequests: false,
});
console.log(JSON.stringify({ url }));
