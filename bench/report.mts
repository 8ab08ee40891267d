import type { Result } from './result.mts';

/** What was measured under one name of `npm run bench`. */
export interface Measured {
	name: string;
	/** What is measured, and against what. */
	about: string;
	/** When, where and how, as a sentence. */
	circumstances: string;
	results: Result[];
}

const INTRODUCTION = `# Bench

Written by \`npm run bench -- --store\`. Both sides of a ratio run in the same n8n in turns: ratios are medians over the
pairs, with the range behind them. [README.md](README.md) says what each measure is.
`;

/**
 * The text of results.md with these measures in the place of their older results.
 *
 * @param order the names of all measures
 */
export function reportWith(report: string, measured: Measured[], order: string[]): string {
	const sections = new Map(
		report
			.split(/^## /m)
			.slice(1)
			.map((section) => [section.split('\n', 1)[0], `## ${section.trim()}\n`]),
	);
	for (const one of measured) {
		const { name, about, circumstances, results } = one;
		sections.set(name, `## ${name}\n\n${about}\n\n${circumstances}\n\n${table(results)}\n`);
	}
	return [INTRODUCTION, ...order.flatMap((name) => sections.get(name) ?? [])].join('\n');
}

/** The results as a table in Markdown. */
export function table(results: Result[]): string {
	const lines = results.map(
		({ measure, measured, goal, met }) =>
			`| ${measure} | ${measured} | ${goal ?? '-'} | ${met === undefined ? '-' : met ? 'yes' : '**no**'} |`,
	);
	return ['| What | Measured | Goal | Met |', '| --- | --- | --- | --- |', ...lines].join('\n');
}
