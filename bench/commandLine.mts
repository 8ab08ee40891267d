import { parseArgs } from 'node:util';

// npm run bench, or only some: npm run bench -- sweep memory; or with fewer repeats: npm run bench -- --quick.
const { values, positionals } = parseArgs({
	options: {
		/** The same measures, repeated less often. */
		quick: { type: 'boolean', default: false },
		/** Writes what was measured to results.md, also with --quick, or if only some were named. */
		store: { type: 'boolean', default: false },
		/** For getAndSplit: only these numbers of runs, such as 20,200. */
		runs: { type: 'string' },
		/** For getAndSplit: only these times of an answer in milliseconds, such as 0,150. */
		latency: { type: 'string' },
	},
	allowPositionals: true,
	// Other scripts use the same measures, and have options of their own.
	strict: false,
});

export const IS_QUICK = values.quick === true;

export const IS_STORED = values.store === true;

/** The measures to take; empty for all. */
export const NAMED = positionals;

/** What getAndSplit is to measure, if not all of it. */
export const ONLY = { runs: numbersOf(values.runs), latencyMs: numbersOf(values.latency) };

/** How often to repeat: `quick` times with `--quick`. */
export function times(full: number, quick: number): number {
	return IS_QUICK ? quick : full;
}

function numbersOf(given: unknown): number[] | undefined {
	if (given === undefined) return undefined;
	const numbers = String(given).split(',').map(Number);
	if (numbers.some((one) => !Number.isInteger(one) || one < 0)) {
		throw new Error(`Use numbers with commas between them, such as 20,200, not ${String(given)}`);
	}
	return numbers;
}
