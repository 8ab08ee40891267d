/** One line of the table. */
export interface Result {
	measure: string;
	/** What was measured, in words and numbers. */
	measured: string;
	/** None if the figure is only for planning. */
	goal?: string;
	met?: boolean;
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The smallest and largest, to show how much a measure varies. */
export function range(values: number[], digits = 2): string {
	return `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
}

/**
 * Measures two ways of the same in turns, so that what else the machine does hits both.
 *
 * @returns the ratio of each pair, and the medians
 */
export async function alternate(
	pairs: number,
	ours: () => Promise<number>,
	theirs: () => Promise<number>,
): Promise<{ ratio: number; ratios: number[]; ours: number; theirs: number }> {
	const measured: [number, number][] = [];
	for (let pair = 0; pair < pairs; pair++) {
		if (pair % 2 === 0) {
			const mine = await ours();
			measured.push([mine, await theirs()]);
		} else {
			const other = await theirs();
			measured.push([await ours(), other]);
		}
	}
	const ratios = measured.map(([mine, other]) => mine / other);
	return {
		ratio: median(ratios),
		ratios,
		ours: median(measured.map(([mine]) => mine)),
		theirs: median(measured.map(([, other]) => other)),
	};
}
