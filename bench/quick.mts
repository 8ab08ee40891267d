/** `npm run bench -- --quick`: the same measures, repeated less often. */
export const IS_QUICK = process.argv.includes('--quick');

/** How often to repeat: `quick` times with `--quick`. */
export function times(full: number, quick: number): number {
	return IS_QUICK ? quick : full;
}
