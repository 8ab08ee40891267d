import { RateLimiter } from '../lib/limiter/rateLimiter.ts';
import { TUNING } from '../lib/limiter/limits.ts';
import { ManualTime } from '../test/unit/helpers/manualTime.mts';
import { shareToken } from '../test/unit/helpers/sharedToken.mts';
import { seededRandom, Traffic } from '../test/unit/helpers/traffic.mts';

// The limiter in virtual time. bench/limiter.mts bundles and runs this.
const [settings = '{}', quick] = process.argv.slice(2);
Object.assign(TUNING, JSON.parse(settings));
console.log(`${JSON.stringify(TUNING)}\n`);

async function alone(requests: number, latencyMs: number): Promise<number> {
	const time = new ManualTime();
	const random = seededRandom(1);
	const traffic = new Traffic(time, new RateLimiter(time), () => latencyMs * (0.5 + random()));
	const startedAt = time.exactly;
	await time.until(traffic.sweep('sweep', requests));
	return (time.exactly - startedAt) / 1000;
}

console.log('One process, s:');
for (const requests of [50, 200, 480]) {
	const seconds = [];
	for (const latencyMs of [5, 150, 400]) {
		seconds.push(`${(await alone(requests, latencyMs)).toFixed(2)} at ${latencyMs} ms`);
	}
	console.log(`  ${requests} runs: ${seconds.join(', ')}`);
}

console.log(
	'\nSeveral: time as a multiple of what the limit allows; 429 responses; slowest to fastest; tries',
);
const LIMITS = [
	{ limit: 500, requests: 2000 },
	{ limit: 100, requests: 500 },
].slice(0, quick ? 1 : 2);
for (const { limit, requests } of LIMITS) {
	for (const processes of [1, 2, 4]) {
		for (const apart of processes === 1 ? [0] : [0, 2, 5, 20]) {
			const cells = [];
			for (const window of ['sliding', 'fixed'] as const) {
				for (const latencyMs of [5, 150]) {
					const shared = { processes, apartMs: apart * 1000, latencyMs, requests };
					const result = await shareToken({ ...shared, limit: { requests: limit, window } });
					const { times, refusedPercent, slowestToFastest, tries } = result;
					cells.push(
						`${window} ${latencyMs} ms ${times.toFixed(2)} x ${refusedPercent.toFixed(1)} % ${slowestToFastest.toFixed(2)} ${tries}`,
					);
				}
			}
			const started = apart === 0 ? 'together' : `${apart} s apart`;
			console.log(`${processes} at ${limit}, ${started}: ${cells.join(' | ')}`);
		}
	}
}
