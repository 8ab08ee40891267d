import { RateLimiter } from '../lib/limiter/rateLimiter.ts';
import { TUNING } from '../lib/limiter/limits.ts';
import { ManualTime } from '../test/unit/helpers/manualTime.mts';
import { shareToken, type Shared, type SharedToken } from '../test/unit/helpers/sharedToken.mts';
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

const WINDOWS = ['sliding', 'fixed'] as const;
const LATENCIES_MS = [5, 150];
// 1 is also the seed of the tests.
const SEEDS = quick ? [1] : [1, 2, 3];
const LIMITS = quick
	? [{ limit: 500, requests: 2000 }]
	: [
			{ limit: 500, requests: 2000 },
			{ limit: 100, requests: 500 },
		];

/** The mean and the worst of all windows, latencies and seeds. */
async function several(shared: Omit<SharedToken, 'limit' | 'latencyMs'>, limit: number) {
	const results: Shared[] = [];
	for (const window of WINDOWS) {
		for (const latencyMs of LATENCIES_MS) {
			for (const seed of SEEDS) {
				results.push(
					await shareToken({ ...shared, latencyMs, seed, limit: { requests: limit, window } }),
				);
			}
		}
	}
	const mean = (of: (one: Shared) => number) =>
		results.reduce((sum, one) => sum + of(one), 0) / results.length;
	const worst = (of: (one: Shared) => number) => Math.max(...results.map(of));
	return [
		`${mean(({ times }) => times).toFixed(2)}, ${worst(({ times }) => times).toFixed(2)} x`,
		`${mean(({ refusedPercent }) => refusedPercent).toFixed(1)} %`,
		`${mean((one) => one.slowestToFastest).toFixed(2)}, ${worst((one) => one.slowestToFastest).toFixed(2)} x`,
		String(worst(({ tries }) => tries)),
	].join(' | ');
}

console.log(`
Several, over ${WINDOWS.length * LATENCIES_MS.length * SEEDS.length} combinations of window, latency and seed.
Time is a multiple of what the limit allows.

| Limit | Processes | Started | Time: mean, worst | 429 | Slowest to fastest: mean, worst | Most tries |
| --- | --- | --- | --- | --- | --- | --- |`);
for (const { limit, requests } of LIMITS) {
	for (const processes of [1, 2, 4]) {
		for (const apart of processes === 1 ? [0] : [0, 2, 5, 20]) {
			const row = await several({ processes, apartMs: apart * 1000, requests }, limit);
			const started = apart === 0 ? 'together' : `${apart} s apart`;
			console.log(`| ${limit} | ${processes} | ${started} | ${row} |`);
		}
	}
}
